internal import Console
internal import NDJSON

extension ReportForm {
  /// The classic timesheet: the last key over columns, sums at the right and at the foot.
  func writePivot(to output: inout StandardOutput, _ screen: Screen) throws {
    let sheet = PivotSheet(self)
    let durations = durations
    let width = main.keys.count - 1
    var table = TextTable(
      main.keys.dropLast().map { .init(title: $0.title) }, width: screen.width,
      colors: screen.colors)
    table.columns += sheet.columns.map { .init(title: shortColumnTitle($0), alignment: .right) }
    table.columns.append(.init(title: "Total", alignment: .right))
    for row in sheet.rows {
      let keys = (0..<width).map { printable(text(row.first, $0)) }
      let cells = row.seconds.map { $0.map { durations($0) } ?? "" }
      table.lines.append(.cells(keys + cells + [durations(row.total)], bar: nil))
    }
    if !sheet.rows.isEmpty { table.lines.append(.rule) }
    let label = (0..<width).map { $0 == 0 ? "Total" : "" }
    let cells = sheet.columnTotals.map { durations($0) }
    table.lines.append(.strong(label + cells + [durations(main.total.shownSeconds)]))
    for (place, part) in table.parts(repeating: width).enumerated() {
      if place > 0 { output.buffer.append("\n") }
      try part.write(to: &output)
    }
  }

  /// Days of one month as `Mon 05`: the report's title has the rest.
  func shortColumnTitle(_ value: UInt32) -> String {
    guard let key = main.keys.last else { return "" }
    let title = texts.text(key, value) ?? KeyText.none
    guard key == .day, period.days.count <= 31 else { return printable(title) }
    let day = Int(value) + DayKeys.Entry.dayZero
    let weekday = texts.text(.weekday, DayKeys.Entry(day, period.weekStart).weekday) ?? ""
    return "\(weekday) \(title.suffix(2))"
  }
}

/// The rows of a table with its last key spread over columns.
struct PivotSheet {
  struct Row {
    /// A row of the table that has the keys of this one.
    var first: Int
    /// For each column; nil where there is nothing.
    var seconds: [Int?]
    var total: Int
  }

  /// The values of the last key, in order.
  let columns: [UInt32]
  private(set) var rows: [Row] = []
  private(set) var columnTotals: [Int]

  init(_ form: ReportForm) {
    let table = form.main
    let width = table.keys.count - 1
    columns = Self.columns(table, form)
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    columnTotals = [Int](repeating: 0, count: columns.count)
    var group = -1
    for row in 0..<table.count {
      if rows.isEmpty || table.group(row, width: width) != group {
        group = table.group(row, width: width)
        rows.append(
          Row(
            first: row, seconds: [Int?](repeating: nil, count: columns.count),
            total: table.subtotal(row, width: width).shownSeconds))
      }
      guard let place = places[table.key(row, width)] else { continue }
      let seconds = table.sum(row).shownSeconds
      rows[rows.count - 1].seconds[place] = seconds
      columnTotals[place] += seconds
    }
  }

  /// Days of a short period have a column each, worked or not, so that a week looks like a week.
  private static func columns(_ table: HoursTable, _ form: ReportForm) -> [UInt32] {
    let width = table.keys.count - 1
    if table.keys[width] == .day, form.period.days.count <= 31 {
      return form.period.days.map { DayKeys.Entry($0, form.period.weekStart).day }
    }
    if table.keys[width] == .weekday { return Array(form.period.weekStart.weekdays) }
    let values = Set((0..<table.count).map { table.key($0, width) })
    let order = KeyOrder([table.keys[width]], form.report.catalog)
    return order.sorted(values)
  }
}

extension KeyOrder {
  /// The values of a single key in order.
  func sorted(_ values: Set<UInt32>) -> [UInt32] {
    var table = GroupTable(width: 1)
    for value in values { _ = table.row([value]) }
    return sorted(table).map { table.keys[$0] }
  }
}
