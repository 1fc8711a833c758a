import Console
import HTTP
import NDJSON

/// What all readers share while they work, one at a time: the way out, scanners, the clock, chance.
struct Workbench: ~Copyable {
  var output: StandardOutput
  var pageScanner = ObjectScanner()
  var itemScanner = ObjectScanner()
  /// When the event that is being handled happened.
  var now: UTCTime
  /// From 0 to 1, for spreading waits.
  var jitter: Double
  let names = EventNames()

  init(output: consuming StandardOutput, now: UTCTime, jitter: Double = 0.5) {
    self.output = output
    self.now = now
    self.jitter = jitter
  }
}
