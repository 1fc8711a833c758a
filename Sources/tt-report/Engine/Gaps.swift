internal import CivilTime

/// What one person was expected to work, and what their calendar has of it.
struct PersonTime: Sendable {
  var rules: ZoneRules
  /// Nil where the mailbox doesn't say.
  var hours: WorkingHours?
  /// The zone of the working hours.
  var hoursRules: ZoneRules
  /// All that is recorded, each second once.
  var recorded: Stretches
  /// Days off: all-day entries shown as out of office.
  var away: Stretches

  /// One day, or a sum of days.
  struct Sum: Equatable, Sendable {
    /// Working hours; nil where the mailbox doesn't say.
    var working: Int?
    /// Working hours on days off.
    var away = 0
    var recorded = 0
    /// What of the working hours, days off apart, no entry covers.
    var untracked = 0

    /// Working hours without those on days off.
    var expected: Int { (working ?? 0) - away }

    static func + (left: Sum, right: Sum) -> Sum {
      Sum(
        working: left.working.map { $0 + (right.working ?? 0) } ?? right.working,
        away: left.away + right.away, recorded: left.recorded + right.recorded,
        untracked: left.untracked + right.untracked)
    }
  }

  func sum(ofDay day: Int) -> Sum {
    let bounds = rules.startOfDay(day)..<rules.startOfDay(day + 1)
    var sum = Sum(recorded: recorded.clamped(to: bounds).seconds)
    guard let hours else { return sum }
    let working = Stretches([hours.span(ofDay: day, hoursRules) ?? 0..<0])
    let expected = working.subtracting(away)
    sum.working = working.seconds
    sum.away = working.seconds - expected.seconds
    sum.untracked = expected.subtracting(recorded).seconds
    return sum
  }
}
