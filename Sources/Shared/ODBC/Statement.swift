internal import CODBC

/// One statement: its SQL, its parameters and the rows it answers with.
///
/// Parameters and columns are bound once, to memory that stays where it is, and the statement is run as often as
/// wanted. It keeps its connection alive.
@safe package struct Statement: ~Copyable {
  private let connection: ConnectionHandle
  private let raw: SQLHANDLE
  private let isWide: Bool
  private var parameters: ParameterBuffer
  private var results: ResultBuffer
  private var hasCursor = false

  init(
    on connection: ConnectionHandle, encoding: Connection.TextEncoding, queryTimeoutSeconds: Int
  ) throws(ODBCError) {
    self.connection = connection
    isWide = encoding == .utf16
    parameters = ParameterBuffer(encoding)
    results = ResultBuffer(encoding)
    var raw: SQLHANDLE?
    let code = unsafe SQLAllocHandle(HandleKind.statement, connection.raw, &raw)
    try connection.check(code, "SQLAllocHandle")
    guard let raw = unsafe raw else {
      throw ODBCError(call: "SQLAllocHandle", diagnostics: [])
    }
    unsafe self.raw = raw
    if queryTimeoutSeconds > 0 {
      // A driver without it answers "optional feature": the wait is then without limit.
      _ = unsafe SQLSetStmtAttr(
        raw, SQLINTEGER(SQL_ATTR_QUERY_TIMEOUT), attribute(UInt(queryTimeoutSeconds)), 0)
    }
  }

  deinit { _ = unsafe SQLFreeHandle(HandleKind.statement, raw) }

  mutating func prepare(_ sql: String) throws(ODBCError) {
    parameters.reserve(sql.utf8.count { $0 == UInt8(ascii: "?") })
    try check(unsafe call(sql, SQLPrepare, SQLPrepareW), "SQLPrepare")
  }

  mutating func executeDirectly(_ sql: String) throws(ODBCError) {
    let code = unsafe call(sql, SQLExecDirect, SQLExecDirectW)
    // FreeTDS answers SQL_NO_DATA to DDL, Microsoft's driver to an update of no rows.
    guard code != Code.noData else { return }
    try check(code, "SQLExecDirect")
  }

  /// Runs the prepared statement with the parameters that were set.
  package mutating func execute() throws(ODBCError) {
    closeCursor()
    let code = unsafe SQLExecute(raw)
    // Of several statements in one text the first may have touched nothing: the others' answers follow.
    if code != Code.noData { try check(code, "SQLExecute") }
    hasCursor = true
    try check(unsafe results.setRowArray(true, on: raw), "SQLSetStmtAttr")
  }

  /// How many rows the last run touched; -1 when the driver doesn't say.
  package borrowing func rowCount() throws(ODBCError) -> Int {
    var count = SQLLEN(0)
    try check(unsafe SQLRowCount(raw, &count), "SQLRowCount")
    return count
  }

  /// Passes over all results; returns how many rows the last statement of the text touched.
  ///
  /// Of a prepared text FreeTDS counts no other.
  package mutating func finishCounting() throws(ODBCError) -> Int {
    var count = try rowCount()
    while true {
      let code = unsafe SQLMoreResults(raw)
      guard code != Code.noData else { break }
      try check(code, "SQLMoreResults")
      count = try rowCount()
    }
    closeCursor()
    return max(0, count)
  }

  /// Ends reading, so that the statement can be run again.
  package mutating func closeCursor() {
    guard hasCursor else { return }
    hasCursor = false
    _ = unsafe SQLFreeStmt(raw, SQLUSMALLINT(SQL_CLOSE))
    _ = unsafe results.setRowArray(false, on: raw)
    results.rewind()
  }

  private func call(
    _ sql: String,
    _ narrow: (SQLHANDLE?, UnsafeMutablePointer<SQLCHAR>?, SQLINTEGER) -> SQLRETURN,
    _ wide: (SQLHANDLE?, UnsafeMutablePointer<SQLWCHAR>?, SQLINTEGER) -> SQLRETURN
  ) -> SQLRETURN {
    if isWide {
      var text = Array(sql.utf16)
      return unsafe text.withUnsafeMutableBufferPointer {
        unsafe wide(raw, $0.baseAddress, SQLINTEGER($0.count))
      }
    }
    var text = Array(sql.utf8)
    return unsafe text.withUnsafeMutableBufferPointer {
      unsafe narrow(raw, $0.baseAddress, SQLINTEGER($0.count))
    }
  }

  private borrowing func check(_ code: SQLRETURN, _ call: String) throws(ODBCError) {
    guard !succeeded(code) else { return }
    throw unsafe ODBCError(
      call: call, diagnostics: diagnostics(HandleKind.statement, raw),
      isConnectionDead: connection.isDead)
  }
}

// MARK: - Parameters, numbered from 0

extension Statement {
  /// Sets a text parameter to UTF-8 bytes, which are copied; nil is NULL.
  package mutating func set(_ index: Int, utf8: RawSpan?) throws(ODBCError) {
    let code = unsafe parameters.set(index, utf8: utf8, on: raw)
    try check(code, "SQLBindParameter")
  }

  /// Sets a text parameter; nil is NULL.
  package mutating func set(_ index: Int, _ text: String?) throws(ODBCError) {
    guard let text else { return try set(index, utf8: nil) }
    unsafe try set(index, utf8: text.utf8Span.span.bytes)
  }

  /// Sets a parameter to a whole number of 64 bits; nil is NULL.
  package mutating func set(_ index: Int, _ integer: Int?) throws(ODBCError) {
    let code = unsafe parameters.set(index, integer: integer, on: raw)
    try check(code, "SQLBindParameter")
  }
}

// MARK: - Rows

extension Statement {
  /// Says which columns the answer has and how many rows come at once.
  ///
  /// Do it once, before the first run. Columns of any length make rows come one by one, and come last: Microsoft's
  /// driver reads in pieces only what stands behind all bound columns, so that the others are not asked to either.
  package mutating func bind(columns: [Column], rowsPerFetch: Int = 1) throws(ODBCError) {
    guard columns.drop(while: { !$0.isLong }).allSatisfy(\.isLong) else {
      let remark = "a column of any length stands in front of one that has a limit"
      throw ODBCError(
        call: "SQLBindCol", diagnostics: [Diagnostic(state: "07009", native: 0, message: remark)])
    }
    let code = unsafe results.bind(columns, rowsPerFetch: rowsPerFetch, on: raw)
    try check(code, "SQLBindCol")
  }

  /// Moves to the next row; false after the last, when the statement can be run again.
  package mutating func next() throws(ODBCError) -> Bool {
    guard hasCursor else { return false }
    if results.advance() { return true }
    try skipToColumns()
    guard hasCursor else { return false }
    let code = unsafe results.fetch(on: raw)
    guard code != Code.noData else {
      closeCursor()
      return false
    }
    try check(code, "SQLFetch")
    try results.checkLengths()
    try check(unsafe results.readLongTexts(on: raw), "SQLGetData")
    return true
  }

  /// A batch's answers begin with counts of what its first statements did: the rows come after those.
  private mutating func skipToColumns() throws(ODBCError) {
    guard results.isBeforeFirst else { return }
    while true {
      var count = SQLSMALLINT(0)
      try check(unsafe SQLNumResultCols(raw, &count), "SQLNumResultCols")
      guard count == 0 else { return }
      let code = unsafe SQLMoreResults(raw)
      guard code != Code.noData else { return closeCursor() }
      try check(code, "SQLMoreResults")
    }
  }

  package borrowing func isNull(_ column: Int) -> Bool { results.isNull(column) }

  /// The number in a column of this row; nil for NULL.
  package borrowing func integer(_ column: Int) -> Int? { results.integer(column) }

  /// The text in a column of this row as UTF-8, for the time of the call; nil for NULL.
  package mutating func withUTF8<Result, Failure: Error>(
    _ column: Int, _ body: (RawSpan?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try results.withUTF8(column, body)
  }

  /// The text in a column of this row; nil for NULL.
  package mutating func text(_ column: Int) -> String? {
    results.withUTF8(column) { bytes in
      guard let bytes else { return nil }
      return unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}
