internal import CivilTime

/// The day on which weeks begin; by ISO 8601 it is Monday.
enum WeekStart: String, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// 1 for Monday to 7 for Sunday.
  var weekday: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// The first day of the week that holds `day`.
  func firstDay(holding day: Int) -> Int {
    let past = ISOWeek(dayNumber: day).weekday - weekday
    return day - (past < 0 ? past + 7 : past)
  }

  /// The numbers of the weekdays in order: 1 for Monday, 8 for the Monday of a week that began on another day.
  var weekdays: ClosedRange<UInt32> { UInt32(weekday)...UInt32(weekday) + 6 }
}

/// What the days of a period are called: weeks, months, quarters, years, weekdays, as numbers.
struct DayKeys: Sendable {
  struct Entry: Sendable {
    var day: UInt32
    var week: UInt32
    var month: UInt32
    var quarter: UInt32
    var year: UInt32
    var weekday: UInt32
  }

  private let firstDay: Int
  private let entries: [Entry]

  init(_ days: ClosedRange<Int>, _ weekStart: WeekStart) {
    firstDay = days.lowerBound
    entries = days.map { Entry($0, weekStart) }
  }

  @inline(__always)
  subscript(day: Int) -> Entry { entries[day &- firstDay] }
}

extension DayKeys.Entry {
  /// Day numbers count from here, so that none is negative: 0000-03-01.
  static let dayZero = -719_468

  /// Weeks that begin on another day than ISO's have no number: they are told by their first day, counted from here.
  static let datedWeeks: UInt32 = 2_000_000

  init(_ day: Int, _ weekStart: WeekStart) {
    let date = CivilDate(dayNumber: day)
    let iso = ISOWeek(dayNumber: day)
    self.day = UInt32(day - Self.dayZero)
    week =
      weekStart == .monday
      ? UInt32(iso.year * 100 + iso.week)
      : UInt32(weekStart.firstDay(holding: day) - Self.dayZero) + Self.datedWeeks
    month = UInt32(date.year * 12 + date.month - 1)
    quarter = UInt32(date.year * 4 + (date.month - 1) / 3)
    year = UInt32(date.year)
    weekday = UInt32(iso.weekday < weekStart.weekday ? iso.weekday + 7 : iso.weekday)
  }
}

/// A week of ISO 8601: it begins on Monday and belongs to the year that has its Thursday.
struct ISOWeek: Equatable, Sendable {
  let year: Int
  let week: Int
  /// 1 for Monday to 7 for Sunday.
  let weekday: Int

  init(dayNumber: Int) {
    // 1970-01-01 was a Thursday.
    let fromMonday = dayNumber + 3
    weekday = fromMonday - floorDivide(fromMonday, 7) * 7 + 1
    let thursday = dayNumber - weekday + 4
    year = CivilDate(dayNumber: thursday).year
    week = (thursday - Self.firstDay(ofYear: year)) / 7 + 1
  }

  /// The Monday of a week, or nil where the year hasn't got that week.
  static func monday(year: Int, week: Int) -> Int? {
    guard year >= 1, year <= 9999, week >= 1, week <= 53 else { return nil }
    let fourth = firstDay(ofYear: year) + 3
    let monday = fourth - ISOWeek(dayNumber: fourth).weekday + 1 + (week - 1) * 7
    let found = ISOWeek(dayNumber: monday)
    return found.year == year && found.week == week ? monday : nil
  }

  private static func firstDay(ofYear year: Int) -> Int {
    CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
  }
}
