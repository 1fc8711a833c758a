import Console
import NDJSON

/// A line on a terminal's stderr that says how far a long load is; nothing anywhere else.
struct Progress {
  private static let intervalSeconds = 0.5
  private let isShown: Bool
  private let startSeconds = SystemClock.steadySeconds
  private var lastSeconds = SystemClock.steadySeconds
  private var isDirty = false

  init(isShown: Bool) { self.isShown = isShown }

  /// Renews the line when it is old enough.
  mutating func tick(_ events: Int, _ audit: RunAudit) {
    guard isShown else { return }
    let now = SystemClock.steadySeconds
    guard now - lastSeconds >= Self.intervalSeconds else { return }
    lastSeconds = now
    let rate = Int(Double(events) / max(0.001, now - startSeconds))
    show("\(audit.rounds) rounds, \(events) events, \(rate) events/s")
    isDirty = true
  }

  /// Takes the line away before other words follow.
  mutating func clear() {
    guard isDirty else { return }
    isDirty = false
    show("")
  }

  private func show(_ text: String) {
    var output = StandardOutput(descriptor: 2)
    output.buffer.append(text: "\r\u{1B}[K" + text)
    // Progress that can't be shown is no reason to stop.
    try? output.flush()
  }
}
