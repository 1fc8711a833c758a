internal import CivilTime

/// The texts of key values, as reports show them.
struct KeyText: Sendable {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  static let none = "(none)"

  let catalog: Catalog

  /// For example `Acme`, `2026-10-05`, `2026-W41`, `Mon`, `09`; nil for "none".
  func text(_ key: ReportKey, _ value: UInt32) -> String? {
    if let names = catalog.names(of: key) { return value == noName ? nil : names[value] }
    if key == .billable { return value == noName ? nil : value == 0 ? "yes" : "no" }
    if key == .rate {
      return value == noName ? nil : decimal(Int(value), per: 100, places: 2, atLeast: 2)
    }
    let number = Int(value)
    switch key {
    case .day: return "\(TimeText(CivilDate(dayNumber: number + DayKeys.Entry.dayZero)))"
    case .week where value >= DayKeys.Entry.datedWeeks:
      return text(.day, value - DayKeys.Entry.datedWeeks)
    case .week: return "\(padded(number / 100, 4))-W\(padded(number % 100, 2))"
    case .month: return "\(padded(number / 12, 4))-\(padded(number % 12 + 1, 2))"
    case .quarter: return "\(padded(number / 4, 4))-Q\(number % 4 + 1)"
    case .year: return padded(number, 4)
    case .weekday: return Self.weekdays[(number - 1) % 7]
    case .hour: return number == Piece.noHour ? "(all day)" : padded(number, 2)
    default: return nil
    }
  }
}
