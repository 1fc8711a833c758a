/// A report on its way to a form: the numbers, and what is said around them.
struct ReportForm: Sendable {
  let report: HoursReport
  let period: Period
  let unit: DurationUnit
  /// The key that goes over columns instead of rows, where the form has columns for people; it is the last one.
  let pivot: ReportKey?

  var main: HoursTable { report.tables[0] }
  var texts: KeyText { KeyText(catalog: report.catalog) }

  func text(_ row: Int, _ place: Int) -> String {
    texts.text(main.keys[place], main.key(row, place)) ?? KeyText.none
  }

  var isRounded: Bool { report.plan.rounding != nil }

  /// What a row costs in hundredths of the currency, where its rate is known.
  func amount(_ row: Int) -> Int? {
    guard let place = main.keys.firstIndex(of: .rate), main.key(row, place) != noName else {
      return nil
    }
    return (main.sum(row).shownSeconds * Int(main.key(row, place)) * 2 + 3600) / 7200
  }

  var hasAmounts: Bool { main.keys.contains(.rate) }
  var totalAmount: Int { (0..<main.count).reduce(0) { $0 + (amount($1) ?? 0) } }

  /// Titles of what stands behind a row's keys.
  var numberTitles: [String] {
    [durations.title] + (isRounded ? ["Exact"] : []) + ["Entries"] + (hasAmounts ? ["Amount"] : [])
  }

  /// What stands under the `numberTitles`, for people.
  func numbers(
    _ sum: HoursTable.Sum, amount: Int?, _ durations: DurationText
  ) -> [String] {
    [durations(sum.shownSeconds)] + (isRounded ? [durations(sum.seconds)] : [])
      + ["\(sum.entries)"] + (hasAmounts ? [amount.map(money) ?? ""] : [])
  }

  /// Money with two decimals, in the currency that the rules' rates are in.
  func money(_ amount: Int) -> String { decimal(amount, per: 100, places: 2, atLeast: 2) }

  /// Durations in the report's unit, with seconds if any of them has some.
  var durations: DurationText {
    let total = main.total
    let isOdd =
      total.shownSeconds % 60 != 0
      || report.ledger.leftOut.contains { $0.amount.seconds % 60 != 0 }
      || report.workedSeconds % 60 != 0
      || (0..<main.count).contains { main.sum($0).shownSeconds % 60 != 0 }
    return DurationText(unit, showsSeconds: isOdd)
  }

  /// Whether people were busy for less time than is counted, or more.
  var workedDiffers: Bool { report.workedSeconds != main.total.seconds }
}
