internal import CivilTime
internal import Console

extension ReportForm {
  /// A workbook: the hours as numbers that a spreadsheet counts with, and the ledger on a sheet of its own.
  func writeXLSX(to output: inout StandardOutput, _ environment: Environment) throws {
    let midnight = period.days.upperBound * 86400
    var book = try Workbook(title: "Hours \(period.title)", created: midnight, environment)
    if pivot == nil {
      try addRows(to: &book)
    } else {
      try addPivot(to: &book)
    }
    try addLedger(to: &book)
    try book.close(to: &output)
  }

  private func addRows(to book: inout Workbook) throws {
    let durations = durations
    let titles =
      main.keys.map(\.title) + [durations.title] + (isRounded ? ["Exact"] : []) + ["Entries"]
      + (hasAmounts ? ["Amount"] : [])
    try book.addSheet("Hours")
    var widths = ColumnWidths(titles)
    try book.add(titles.map(SheetCell.text), isBold: true)
    for row in 0..<main.count {
      let keys = main.keys.indices.map { keyCell(row, $0) }
      widths.see(main.keys.indices.map { text(row, $0) })
      try book.add(keys + numbers(main.sum(row), durations) + amountCells(amount(row)))
    }
    book.setWidths(widths.widths)
    book.addFilter(columns: titles.count)
    try book.add(
      totalLabel(main.keys.count) + numbers(main.total, durations) + amountCells(totalAmount),
      isBold: true)
  }

  private func addPivot(to book: inout Workbook) throws {
    let sheet = PivotSheet(self)
    let durations = durations
    let width = main.keys.count - 1
    let titles =
      main.keys.dropLast().map(\.title) + sheet.columns.map(shortColumnTitle) + ["Total"]
    try book.addSheet("Hours", isLandscape: true)
    var widths = ColumnWidths(titles)
    try book.add(titles.map(SheetCell.text), isBold: true)
    for row in sheet.rows {
      widths.see((0..<width).map { text(row.first, $0) })
      let times = row.seconds.map { $0.map(durations.cell) ?? .blank }
      try book.add((0..<width).map { keyCell(row.first, $0) } + times + [durations.cell(row.total)])
    }
    book.setWidths(widths.widths)
    try book.add(
      totalLabel(width) + sheet.columnTotals.map(durations.cell)
        + [durations.cell(main.total.shownSeconds)], isBold: true)
  }

  private func addLedger(to book: inout Workbook) throws {
    let durations = durations
    try book.addSheet("Ledger")
    book.setWidths([44, 12, 12])
    try book.add([.text("What"), .text("Entries"), .text(durations.title)], isBold: true)
    func add(_ name: String, _ amount: Ledger.Amount, isBold: Bool = false) throws {
      try book.add(
        [.text(name), .number(Double(amount.entries)), durations.cell(amount.seconds)],
        isBold: isBold)
    }
    try add("shown", report.ledger.shown)
    for line in report.ledger.leftOut { try add("left out: \(line.title)", line.amount) }
    try add("in the period", report.ledger.period, isBold: true)
    guard workedDiffers else { return }
    try book.add([
      .text("worked, each second once a person"), .blank, durations.cell(report.workedSeconds),
    ])
  }

  private func keyCell(_ row: Int, _ place: Int) -> SheetCell {
    let value = main.key(row, place)
    let text = text(row, place)
    switch main.keys[place] {
    case .day: return .day(Int(value) + DayKeys.Entry.dayZero, else: text)
    case .year: return .number(Double(value))
    case .rate where value != noName: return .number(Double(value) / 100, .money)
    default: return .text(text)
    }
  }

  private func numbers(_ sum: HoursTable.Sum, _ durations: DurationText) -> [SheetCell] {
    [durations.cell(sum.shownSeconds)] + (isRounded ? [durations.cell(sum.seconds)] : [])
      + [.number(Double(sum.entries))]
  }

  private func amountCells(_ amount: Int?) -> [SheetCell] {
    guard hasAmounts else { return [] }
    return [amount.map { .number(Double($0) / 100, .money) } ?? .blank]
  }

  private func totalLabel(_ width: Int) -> [SheetCell] {
    (0..<width).map { $0 == 0 ? .text("Total") : .blank }
  }
}

/// How wide the columns of a sheet should be, in characters, by the texts that stand in them.
struct ColumnWidths: Sendable {
  private static let narrowest = 9
  private static let widest = 48

  private(set) var widths: [Int]

  init(_ titles: [String]) { widths = titles.map { max(Self.narrowest, displayWidth($0) + 2) } }

  /// Makes room for the texts of the first columns.
  mutating func see(_ texts: [String]) {
    for (place, text) in texts.enumerated() {
      widths[place] = max(widths[place], min(Self.widest, displayWidth(text) + 2))
    }
  }
}
