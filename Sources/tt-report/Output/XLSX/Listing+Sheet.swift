internal import CivilTime
internal import Console

extension Listing {
  /// A workbook with all columns of the list on one sheet.
  func writeXLSX(
    _ unit: DurationUnit, to output: inout StandardOutput, _ environment: Environment
  ) throws {
    let durations = durations(unit)
    // A list has no moment of its own, and 0 means now to the library: the first moment that a zip file knows.
    var book = try Workbook(title: title, created: 315_532_800, environment)
    try book.addSheet(title, isLandscape: true)
    var widths = ColumnWidths(columns.map(\.title))
    try book.add(columns.map { .text($0.title) }, isBold: true)
    for row in rows {
      widths.see(row.map { plain($0, durations) })
      try book.add(row.map { $0.sheetCell(durations) })
    }
    book.setWidths(widths.widths)
    book.addFilter(columns: columns.count)
    try book.close(to: &output)
  }
}

extension Listing.Cell {
  fileprivate func sheetCell(_ durations: DurationText) -> SheetCell {
    switch self {
    case .text(let text): .text(text)
    case .number(let digits): Double(digits).map { .number($0) } ?? .text(digits)
    case .seconds(let seconds): durations.cell(seconds)
    case .time(let text): Self.sheetCell(time: text)
    case .nothing: .blank
    }
  }

  /// A date, or what the clock shows of a local time; spreadsheets know no offsets.
  private static func sheetCell(time text: String) -> SheetCell {
    if let date = CivilDate(text) { return .day(date.dayNumber, else: text) }
    guard let wall = WallTime(String(text.prefix(19))) else { return .text(text) }
    return .time(wall.seconds, else: text)
  }
}
