/// How many and what kinds of events a mailbox gets.
struct EventMix: Sendable {
  enum Shape: String, Sendable, CaseIterable {
    /// Everything that real calendars hold.
    case mixed
    /// Plain single events only, exactly as many as asked for.
    case singles
  }

  var count: Int
  var shape = Shape.mixed

  func fewer(by divisor: Int) -> EventMix { EventMix(count: max(count / divisor, 1), shape: shape) }

  /// A series stands for many events: one for each twenty of the count.
  var series: Int { shape == .singles ? 0 : count / 20 }
}
