internal import CivilTime

/// When somebody works, as the settings of a mailbox say: the same hours on some days of the week.
struct WorkingHours: Equatable, Sendable {
  /// 1 for Monday to 7 for Sunday.
  var weekdays: Set<Int>
  /// Seconds on the clock since midnight; an end that is not behind the start is one of the next day.
  var start: Int
  var end: Int

  /// The working hours that begin on a day, by the zone's clock.
  func span(ofDay day: Int, _ rules: ZoneRules) -> Range<Int>? {
    guard weekdays.contains(ISOWeek(dayNumber: day).weekday) else { return nil }
    func instant(_ secondOfDay: Int) -> Int {
      let wall = day * 86400 + secondOfDay
      return wall - rules.resolve(wall: wall).offset
    }
    let first = instant(start)
    return first..<max(first, instant(end > start ? end : end + 86400))
  }
}
