import Console
import HTTP
import NDJSON

/// What all readers share while they work, one at a time: the way out, scanners, the clock, chance.
struct Workbench: ~Copyable {
  var output: StandardOutput
  var pageScanner = ObjectScanner()
  var itemScanner = ObjectScanner()
  var ownMembers = OwnMembersMemo()
  /// When the event that is being handled happened.
  var moment: Moment
  /// Why the way out is closed; whoever runs the readers asks.
  private(set) var outputFailure: (any Error)?
  let names = EventNames()

  init(output: consuming StandardOutput, now: UTCTime) {
    self.output = output
    moment = Moment(now: now)
  }

  var now: UTCTime { moment.now }

  /// Whether the element that was just scanned has all these members.
  func holds(_ members: [MemberName]) -> Bool {
    members.allSatisfy { itemScanner.index(of: $0) != nil }
  }

  /// Writes when enough has gathered: a page may be long.
  mutating func settle() {
    do {
      try output.settle()
    } catch {
      outputFailure = outputFailure ?? error
    }
  }
}
