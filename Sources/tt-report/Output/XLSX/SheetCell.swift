/// One cell of a sheet; text is never taken for a formula.
enum SheetCell: Sendable {
  case text(String)
  case number(Double, Style = .plain)
  case blank

  /// How a number looks.
  enum Style: Int, CaseIterable, Sendable {
    case plain, date, time, clock, clockWithSeconds, hours, money

    /// The number format as spreadsheets spell it; none for the plain one.
    var picture: String? {
      switch self {
      case .plain: nil
      case .date: "yyyy-mm-dd"
      case .time: "yyyy-mm-dd hh:mm"
      case .clock: "[h]:mm"
      case .clockWithSeconds: "[h]:mm:ss"
      case .hours: "0.00##"
      case .money: "#,##0.00"
      }
    }
  }
}

extension SheetCell {
  /// Spreadsheets count days from 1899-12-30, and know none before 1900-03-01 that all of them agree on.
  private static let dayZero = 25_569
  private static let firstDay = 61

  /// A day by its number.
  static func day(_ day: Int, else text: String) -> SheetCell {
    let serial = day + dayZero
    return serial >= firstDay ? .number(Double(serial), .date) : .text(text)
  }

  /// A local time, in seconds as if it were UTC.
  static func time(_ seconds: Int, else text: String) -> SheetCell {
    let serial = Double(seconds) / 86400 + Double(dayZero)
    return serial >= Double(firstDay) ? .number(serial, .time) : .text(text)
  }
}

extension DurationText {
  /// A duration to count with: a part of a day that looks like a clock, or a number of hours or minutes.
  func cell(_ seconds: Int) -> SheetCell {
    switch unit {
    case .clock: .number(Double(seconds) / 86400, showsSeconds ? .clockWithSeconds : .clock)
    case .hours: .number(Double(seconds) / 3600, .hours)
    case .minutes: .number(Double(seconds) / 60)
    }
  }
}
