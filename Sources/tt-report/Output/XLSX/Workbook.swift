internal import CXLSX
internal import Console

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A workbook for spreadsheets, written by libxlsxwriter: cells in, the bytes of an `.xlsx` file out.
///
/// Rows are written in order and not kept. The same cells make the same bytes: the one date inside, that of the
/// file's making, is a given one.
@safe struct Workbook: ~Copyable {
  private static let rowsOfSheet = 1 << 20
  private static let columnsOfSheet = 1 << 14
  private static let charactersOfCell = 32_767
  /// More than everything besides rows takes.
  private static let otherBytes = 1 << 17
  private static let a4: UInt8 = 9

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let scratch: ScratchOutput
  /// A format for each style, and behind them the same in bold.
  private var formats: [UnsafeMutablePointer<lxw_format>?]
  private var sheet: UnsafeMutablePointer<lxw_worksheet>? = nil
  private var row = 0
  /// What the rows of all sheets take as text.
  private var bytes = 0

  /// - Parameter created: when the file says it was made, in seconds since 1970.
  init(title: String, created: Int, _ environment: Environment) throws {
    let folder = environment["TMPDIR"] ?? "/tmp"
    let scratch = try ScratchOutput(folder: folder)
    let book = unsafe folder.withCString { folder in
      var options = unsafe lxw_workbook_options()
      unsafe options.constant_memory = 1
      unsafe options.tmpdir = UnsafeMutablePointer(mutating: folder)
      return unsafe workbook_new_opt(scratch.path, &options)
    }
    guard let book = unsafe book else { throw Failure(.inputOutput, "cannot make a workbook") }
    self.scratch = scratch
    unsafe self.book = book
    unsafe formats = []
    addFormats(isBold: false)
    addFormats(isBold: true)
    unsafe title.withCString { title in
      var properties = unsafe lxw_doc_properties()
      unsafe properties.title = UnsafeMutablePointer(mutating: title)
      unsafe properties.created = created
      _ = unsafe workbook_set_properties(book, &properties)
    }
  }

  private mutating func addFormats(isBold: Bool) {
    for style in SheetCell.Style.allCases {
      let format = unsafe workbook_add_format(book)
      if isBold { unsafe format_set_bold(format) }
      if let picture = style.picture { unsafe format_set_num_format(format, picture) }
      unsafe formats.append(format)
    }
  }

  /// Begins a sheet whose first row stays in sight, and is repeated on each printed page.
  mutating func addSheet(_ name: String, isLandscape: Bool = false) throws {
    try checkRows()
    unsafe sheet = workbook_add_worksheet(book, name)
    row = 0
    unsafe worksheet_freeze_panes(sheet, 1, 0)
    _ = unsafe worksheet_repeat_rows(sheet, 0, 0)
    unsafe worksheet_set_paper(sheet, Self.a4)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
    if isLandscape { unsafe worksheet_set_landscape(sheet) }
  }

  /// Makes the columns so many characters wide.
  func setWidths(_ widths: [Int]) {
    for (place, width) in widths.enumerated() {
      let column = UInt16(place)
      _ = unsafe worksheet_set_column(sheet, column, column, Double(width), nil)
    }
  }

  /// Lets readers filter the rows that were written so far, below the heading.
  func addFilter(columns: Int) {
    guard row > 1 else { return }
    _ = unsafe worksheet_autofilter(sheet, 0, 0, UInt32(row - 1), UInt16(columns - 1))
  }

  /// Writes the next row; a sheet that is full is an error.
  mutating func add(_ cells: [SheetCell], isBold: Bool = false) throws {
    guard row < Self.rowsOfSheet, cells.count <= Self.columnsOfSheet else {
      throw Failure(
        .cannotCreate, "the report has more rows or columns than a sheet has room for",
        hint: "csv has no such limit; or ask for a shorter period or fewer keys")
    }
    for (place, cell) in cells.enumerated() { write(cell, UInt16(place), isBold: isBold) }
    row += 1
  }

  private func write(_ cell: SheetCell, _ column: UInt16, isBold: Bool) {
    let boldPlace = isBold ? SheetCell.Style.allCases.count : 0
    switch cell {
    case .blank: break
    case .number(let number, let style):
      let format = unsafe formats[boldPlace + style.rawValue]
      _ = unsafe worksheet_write_number(sheet, UInt32(row), column, number, format)
    case .text(let text):
      let shown = String(printable(text).unicodeScalars.prefix(Self.charactersOfCell))
      _ = unsafe worksheet_write_string(
        sheet, UInt32(row), column, shown, formats[boldPlace + SheetCell.Style.plain.rawValue])
    }
  }

  /// The library doesn't look whether rows reached their temporary file: a full disk would cut them off in silence.
  private mutating func checkRows() throws {
    guard let sheet = unsafe sheet else { return }
    unsafe lxw_worksheet_write_single_row(sheet)
    guard let rows = unsafe sheet.pointee.optimize_tmpfile else { return }
    guard unsafe fflush(rows) == 0, unsafe ferror(rows) == 0 else {
      throw ScratchOutput.failure("write a temporary file")
    }
    bytes += unsafe ftell(rows)
  }

  /// The whole file, behind what waits in `output`.
  consuming func close(to output: inout StandardOutput) throws {
    try checkRows()
    // Nor does it look when it copies them into the sheet: there must be room for that.
    try scratch.reserve(bytes * 2 + Self.otherBytes)
    let code = unsafe workbook_close(book)
    guard code == LXW_NO_ERROR else {
      let words = unsafe lxw_strerror(code).map { unsafe String(cString: $0) }
      throw Failure(
        .inputOutput, "cannot make the workbook: \(words ?? "error \(code.rawValue)")",
        hint: "free some space for temporary files, or name another folder with TMPDIR")
    }
    try scratch.copy(to: &output)
  }
}
