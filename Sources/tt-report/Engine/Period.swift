internal import CivilTime

/// The days that a report is about, and how a person would call them.
struct Period: Equatable, Sendable {
  let days: ClosedRange<Int>
  /// For example `2026-10`, `2026-W41`, or first and last day.
  let title: String
  var weekStart = WeekStart.monday

  init(days: ClosedRange<Int>, title: String? = nil) {
    self.days = days
    let first = "\(TimeText(CivilDate(dayNumber: days.lowerBound)))"
    let last = "\(TimeText(CivilDate(dayNumber: days.upperBound)))"
    self.title = title ?? (first == last ? first : "\(first) to \(last)")
  }

  var firstText: String { "\(TimeText(CivilDate(dayNumber: days.lowerBound)))" }
  var lastText: String { "\(TimeText(CivilDate(dayNumber: days.upperBound)))" }
}

extension Period {
  /// The days of the years 0001 to 9999: dates have no others.
  static let writableDays =
    Instant.textRange.lowerBound / 86400...Instant.textRange.upperBound / 86400

  /// `2026-10-05`.
  static func day(_ text: String) -> Period? {
    CivilDate(text).map { Period(days: $0.dayNumber...$0.dayNumber) }
  }

  /// `2026-W41`, of ISO 8601.
  static func week(_ text: String) -> Period? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = digits(parts[0], 4), parts[1].hasPrefix("W"),
      let week = digits(parts[1].dropFirst(), 2),
      let monday = ISOWeek.monday(year: year, week: week), writableDays.contains(monday),
      writableDays.contains(monday + 6)
    else { return nil }
    return Period(days: monday...monday + 6, title: text)
  }

  /// `2026-10`.
  static func month(_ text: String) -> Period? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = digits(parts[0], 4), let month = digits(parts[1], 2) else {
      return nil
    }
    return months(year, month, count: 1, title: text)
  }

  /// `2026-Q4`.
  static func quarter(_ text: String) -> Period? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = digits(parts[0], 4), parts[1].hasPrefix("Q"),
      let quarter = digits(parts[1].dropFirst(), 1), (1...4).contains(quarter)
    else { return nil }
    return months(year, quarter * 3 - 2, count: 3, title: text)
  }

  /// `2026`.
  static func year(_ text: String) -> Period? {
    digits(text[...], 4).flatMap { months($0, 1, count: 12, title: text) }
  }

  private static func months(_ year: Int, _ month: Int, count: Int, title: String) -> Period? {
    guard let first = CivilDate(year: year, month: month, day: 1),
      case let lastMonth = month + count - 1,
      let last = CivilDate(
        year: year, month: lastMonth, day: CivilDate.days(inMonth: lastMonth, of: year))
    else { return nil }
    return Period(days: first.dayNumber...last.dayNumber, title: title)
  }

  private static func digits(_ text: Substring, _ count: Int) -> Int? {
    guard text.utf8.count == count, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    return Int(text)
  }
}

/// A stretch of the calendar that can be this one or the last one.
enum CalendarUnit: String, CaseIterable, Sendable {
  case day, week, month, quarter, year

  /// The one that holds `day`.
  func period(holding day: Int, _ weekStart: WeekStart) -> Period {
    let date = CivilDate(dayNumber: day)
    let found: Period? =
      switch self {
      case .day: Period(days: day...day)
      case .week: Period.week(holding: day, weekStart)
      case .month: Period.month("\(padded(date.year, 4))-\(padded(date.month, 2))")
      case .quarter: Period.quarter("\(padded(date.year, 4))-Q\((date.month - 1) / 3 + 1)")
      case .year: Period.year(padded(date.year, 4))
      }
    return found ?? Period(days: day...day)
  }

  /// The one before that.
  func period(before day: Int, _ weekStart: WeekStart) -> Period {
    period(holding: period(holding: day, weekStart).days.lowerBound - 1, weekStart)
  }
}

extension Period {
  fileprivate static func week(holding day: Int, _ weekStart: WeekStart) -> Period {
    let first = weekStart.firstDay(holding: day)
    guard weekStart == .monday else { return Period(days: first...first + 6) }
    let week = ISOWeek(dayNumber: day)
    return Period(
      days: first...first + 6, title: "\(padded(week.year, 4))-W\(padded(week.week, 2))")
  }
}

/// Decimal digits with zeros in front.
func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
