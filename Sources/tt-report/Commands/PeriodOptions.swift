internal import ArgumentParser
internal import CivilTime
internal import Console
internal import ZoneDatabase

/// Which days a report is about.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The first day.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The last day, itself included (default: today).", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("One day, such as 2026-10-05.", valueName: "date"))
  var day: String?

  @Option(help: ArgumentHelp("An ISO week, such as 2026-W41.", valueName: "week"))
  var week: String?

  @Option(help: ArgumentHelp("A month, such as 2026-10 (default: this month).", valueName: "month"))
  var month: String?

  @Option(help: ArgumentHelp("A quarter, such as 2026-Q4.", valueName: "quarter"))
  var quarter: String?

  @Option(help: ArgumentHelp("A year, such as 2026.", valueName: "year"))
  var year: String?

  @Option(
    help: ArgumentHelp("The last whole day, week, month, quarter or year.", valueName: "unit"))
  var last: CalendarUnit?

  @Option(help: ArgumentHelp("The present day, week, month, quarter or year.", valueName: "unit"))
  var this: CalendarUnit?

  @Option(
    help: ArgumentHelp(
      "Weeks begin on this day; weeks that don't begin on Monday are told by their first day.",
      valueName: "weekday"))
  var weekStart = WeekStart.monday

  /// Years that a report may span: days are laid out in a table for each zone.
  private static let dayLimit = 366 * 200

  /// Whether a period was asked for.
  var isGiven: Bool { !given.isEmpty }

  private var given: [String] {
    [from ?? to, day, week, month, quarter, year, last?.rawValue, this?.rawValue].compactMap { $0 }
  }

  mutating func validate() throws {
    guard given.count <= 1 else {
      throw ValidationError(
        "one period at a time: --from and --to, --day, --week, --month, --quarter, --year, "
          + "--last or --this")
    }
    guard to == nil || from != nil else { throw ValidationError("--to needs --from") }
    _ = try period(today: 0)
  }

  /// - Parameter today: the day's number, for periods that are relative to it.
  func period(today: Int) throws -> Period {
    var period = try days(today: today)
    period.weekStart = weekStart
    return period
  }

  private func days(today: Int) throws -> Period {
    if let day { return try named(Period.day(day), "--day", day, "2026-10-05") }
    if let week { return try named(Period.week(week), "--week", week, "2026-W41") }
    if let month { return try named(Period.month(month), "--month", month, "2026-10") }
    if let quarter { return try named(Period.quarter(quarter), "--quarter", quarter, "2026-Q4") }
    if let year { return try named(Period.year(year), "--year", year, "2026") }
    if let last { return last.period(before: today, weekStart) }
    if let this { return this.period(holding: today, weekStart) }
    guard let from else { return CalendarUnit.month.period(holding: today, weekStart) }
    let first = try named(Period.day(from), "--from", from, "2026-10-05").days.lowerBound
    guard let to else { return Period(days: first...max(first, today)) }
    let end = try named(Period.day(to), "--to", to, "2026-10-31").days.upperBound
    guard first <= end else { throw ValidationError("--to \(to) is before --from \(from)") }
    guard end - first <= Self.dayLimit else {
      throw ValidationError("the period is longer than 200 years")
    }
    return Period(days: first...end)
  }

  private func named(
    _ period: Period?, _ option: String, _ text: String, _ example: String
  ) throws -> Period {
    guard let period else {
      throw ValidationError("\(option) is like \(example), not \"\(printable(text))\"")
    }
    return period
  }
}

extension CalendarUnit: ExpressibleByArgument {}
extension WeekStart: ExpressibleByArgument {}
