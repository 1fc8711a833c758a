internal import CODBC

/// The memory that rows are fetched into: many at once where all columns have a limit.
@safe struct ResultBuffer: ~Copyable {
  @unsafe private struct Room {
    var column: Column
    /// Bytes a value, and for texts the terminator that drivers write.
    var width: Int
    var base: UnsafeMutableRawPointer
    var indicators: UnsafeMutablePointer<SQLLEN>
  }

  private let encoding: Connection.TextEncoding
  private var rooms: [Room] = unsafe []
  private var longTexts: [LongText] = []
  /// Texts of a wide driver, turned into UTF-8.
  private var scratch: [UInt8] = []
  private let fetched: UnsafeMutablePointer<SQLULEN>
  private var row = 0
  private var rowsPerFetch = 1
  /// No row was fetched since the statement ran.
  private(set) var isBeforeFirst = true

  init(_ encoding: Connection.TextEncoding) {
    self.encoding = encoding
    unsafe fetched = .allocate(capacity: 1)
    unsafe fetched.initialize(to: 0)
  }

  deinit {
    unsafe rooms.forEach {
      unsafe $0.base.deallocate()
      unsafe $0.indicators.deallocate()
    }
    unsafe fetched.deallocate()
  }

  mutating func bind(
    _ columns: [Column], rowsPerFetch: Int, on statement: SQLHANDLE
  ) -> SQLRETURN {
    let hasLongText = columns.contains(where: \.isLong)
    self.rowsPerFetch = hasLongText ? 1 : max(1, rowsPerFetch)
    var code = unsafe SQLSetStmtAttr(
      statement, SQLINTEGER(SQL_ATTR_ROWS_FETCHED_PTR), fetched, 0)
    for column in columns {
      let room = unsafe makeRoom(column)
      unsafe rooms.append(room)
      guard succeeded(code) else { return code }
      if column.isLong {
        let isHex = if case .exactText = column { true } else { false }
        longTexts.append(LongText(column: unsafe rooms.count - 1, isHex: isHex))
        continue
      }
      unsafe code = SQLBindCol(
        statement, SQLUSMALLINT(rooms.count), SQLSMALLINT(cType(column)), room.base,
        SQLLEN(room.width), room.indicators)
    }
    return code
  }

  /// Makes rows come many at once, or one by one again.
  ///
  /// Microsoft's driver opens a slow server-side cursor when more than one row is asked for while the statement
  /// starts; asked for afterwards, blocks are cut from the plain stream of rows.
  func setRowArray(_ isReading: Bool, on statement: SQLHANDLE) -> SQLRETURN {
    guard rowsPerFetch > 1 else { return Code.success }
    return unsafe SQLSetStmtAttr(
      statement, SQLINTEGER(SQL_ATTR_ROW_ARRAY_SIZE), attribute(UInt(isReading ? rowsPerFetch : 1)),
      0)
  }

  private func makeRoom(_ column: Column) -> Room {
    let width: Int =
      switch column {
      case .integer: 8
      case .text(let units): encoding == .utf16 ? 2 * (units + 1) : 3 * units + 1
      case .longText, .exactText: 0
      }
    return unsafe Room(
      column: column, width: width,
      base: .allocate(byteCount: max(8, width * rowsPerFetch), alignment: 8),
      indicators: .allocate(capacity: rowsPerFetch))
  }

  private func cType(_ column: Column) -> Int32 {
    if case .integer = column { return Int32(TT_SQL_C_SBIGINT) }
    return encoding == .utf16 ? SQL_C_WCHAR : SQL_C_CHAR
  }

  /// Moves to a row that was fetched already.
  mutating func advance() -> Bool {
    guard !isBeforeFirst, unsafe row + 1 < Int(fetched.pointee) else { return false }
    row += 1
    return true
  }

  mutating func rewind() {
    isBeforeFirst = true
    unsafe fetched.pointee = 0
  }

  mutating func fetch(on statement: SQLHANDLE) -> SQLRETURN {
    row = 0
    isBeforeFirst = false
    return unsafe SQLFetch(statement)
  }

  /// A driver that had to cut a text says only "with info": look at the lengths themselves.
  func checkLengths() throws(ODBCError) {
    let count = unsafe Int(fetched.pointee)
    for index in unsafe rooms.indices {
      guard case .text = unsafe rooms[index].column else { continue }
      let limit = unsafe rooms[index].width - (encoding == .utf16 ? 2 : 1)
      for row in 0..<count {
        let length = unsafe rooms[index].indicators[row]
        guard length > limit || length == Indicator.noTotal else { continue }
        let remark = "a text in column \(index + 1) is longer than expected"
        throw ODBCError(
          call: "SQLFetch", diagnostics: [Diagnostic(state: "22001", native: 0, message: remark)])
      }
    }
  }

  mutating func readLongTexts(on statement: SQLHANDLE) -> SQLRETURN {
    for index in longTexts.indices {
      let code = unsafe longTexts[index].read(on: statement, encoding)
      guard succeeded(code) else { return code }
    }
    return Code.success
  }

  func isNull(_ column: Int) -> Bool {
    if unsafe rooms[column].column.isLong {
      return longTexts.first { $0.column == column }?.isNull ?? true
    }
    return unsafe rooms[column].indicators[row] == Indicator.null
  }

  func integer(_ column: Int) -> Int? {
    guard !isNull(column) else { return nil }
    return unsafe rooms[column].base.load(fromByteOffset: 8 * row, as: Int.self)
  }

  mutating func withUTF8<Result, Failure: Error>(
    _ column: Int, _ body: (RawSpan?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !isNull(column) else { return try body(nil) }
    if unsafe rooms[column].column.isLong {
      guard let text = longTexts.first(where: { $0.column == column }) else { return try body(nil) }
      return try unsafe body(text.utf8.span.bytes)
    }
    let start = unsafe UnsafeRawPointer(rooms[column].base) + row * rooms[column].width
    let length = unsafe rooms[column].indicators[row]
    guard encoding == .utf16 else {
      return try unsafe body(RawSpan(_unsafeStart: start, byteCount: length))
    }
    scratch.removeAll(keepingCapacity: true)
    unsafe UTF16Text.append(
      UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt16.self), count: length / 2),
      to: &scratch)
    return try unsafe body(scratch.span.bytes)
  }
}
