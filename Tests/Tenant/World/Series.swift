/// A recurring event: the rule, and what people did to some of its dates.
struct Series: Sendable {
  var pattern: Pattern
  var firstDay: CivilDay
  var end: End
  /// The zone in which its clock time stays the same, as `recurrenceTimeZone` spells it.
  var zoneName: String
  /// Seconds after midnight; nil for whole days.
  var startOfDay: Int?
  /// Seconds; for whole days a multiple of a day.
  var length: Int
  var deleted: Set<CivilDay> = []
  var exceptions: [CivilDay: Exception] = [:]

  enum End: Sendable {
    case never
    case on(CivilDay)
    case after(Int)
  }

  struct Exception: Sendable {
    var when: When
    var content: Content
  }

  /// The dates of the rule up to a day, deleted ones included.
  func dates(through limit: CivilDay) -> [CivilDay] {
    var result: [CivilDay] = []
    let lastDay = if case .on(let day) = end { min(day, limit) } else { limit }
    let most = if case .after(let count) = end { count } else { Int.max }
    pattern.forEachDate(from: firstDay) { date in
      guard date <= lastDay && result.count < most else { return false }
      result.append(date)
      return true
    }
    return result
  }

  /// When the occurrence of a date takes place if nobody moves it.
  func slot(on date: CivilDay, _ zone: ZoneRules) -> When {
    guard let startOfDay else { return .allDay(start: date, end: date + length / 86_400) }
    let start = date.midnight + startOfDay
    let instant = zone.instant(ofWall: start)
    return .timed(start: instant, end: max(instant, zone.instant(ofWall: start + length)))
  }
}

/// How a series repeats, in Graph's terms.
enum Pattern: Sendable {
  case daily(every: Int)
  /// Weekdays, 0 is Sunday; weeks begin on Monday.
  case weekly(every: Int, on: [Int])
  case monthlyOnDay(every: Int, day: Int)
  /// `week` 5 is the last one.
  case monthlyOnWeekday(every: Int, week: Int, weekday: Int)
  case yearly(month: Int, day: Int)

  /// Calls `body` with each date from the first on until it answers false.
  func forEachDate(from first: CivilDay, _ body: (CivilDay) -> Bool) {
    var period = 0
    while true {
      for date in dates(inPeriod: period, from: first) where date >= first {
        guard body(date) else { return }
      }
      period += 1
    }
  }

  private func dates(inPeriod period: Int, from first: CivilDay) -> [CivilDay] {
    switch self {
    case .daily(let every): return [first + period * every]
    case .weekly(let every, let days):
      let monday = first + -((first.weekday + 6) % 7) + period * every * 7
      return days.map { monday + ($0 + 6) % 7 }.sorted()
    case .monthlyOnDay(let every, let day):
      let (year, month) = monthAfter(first, period * every)
      return [CivilDay(year, month, min(day, daysInMonth(year, month)))]
    case .monthlyOnWeekday(let every, let week, let weekday):
      let (year, month) = monthAfter(first, period * every)
      let start = CivilDay(year, month, 1)
      let date = start + (weekday - start.weekday + 7) % 7 + (week - 1) * 7
      return [date.parts.month == month ? date : date + -7]
    case .yearly(let month, let day):
      let year = first.parts.year + period
      return [CivilDay(year, month, min(day, daysInMonth(year, month)))]
    }
  }
}

private func monthAfter(_ first: CivilDay, _ months: Int) -> (year: Int, month: Int) {
  let (year, month, _) = first.parts
  let count = year * 12 + month - 1 + months
  return (count / 12, count % 12 + 1)
}
