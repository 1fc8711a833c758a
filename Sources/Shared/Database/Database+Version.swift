package import ODBC
internal import Schema

extension Database {
  /// The version of the tables; nil where there are none.
  ///
  /// The earlier program's tables are version 1.
  package borrowing func schemaVersion() throws(ODBCError) -> Int? {
    guard try hasTable("schema_version") else {
      return try hasTable("calendar_event") ? SchemaVersion.adopted : nil
    }
    return try number("SELECT CAST(MAX(version) AS BIGINT) FROM schema_version")
  }

  package borrowing func hasTable(_ name: String) throws(ODBCError) -> Bool {
    var statement = try connection.prepare(
      dialect == .sqlite
        ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
        : "SELECT CAST(COUNT(*) AS BIGINT) FROM sys.tables WHERE object_id = OBJECT_ID(?, N'U')")
    try statement.bind(columns: [.integer])
    try statement.set(0, name)
    try statement.execute()
    return try statement.next() && statement.integer(0) != 0
  }

  /// The one number that a query answers with.
  package borrowing func number(_ sql: String) throws(ODBCError) -> Int? {
    var statement = try connection.prepare(sql)
    try statement.bind(columns: [.integer])
    try statement.execute()
    return try statement.next() ? statement.integer(0) : nil
  }

  /// Waits for a lock of our own that the end of the transaction frees; SQLite's transactions are locks enough.
  package borrowing func takeLock(_ name: String) throws(ODBCError) {
    guard dialect == .sqlServer else { return }
    var statement = try connection.prepare(
      """
      DECLARE @result INT;
      EXEC @result = sp_getapplock @Resource = ?, @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 60000;
      SELECT CAST(@result AS BIGINT)
      """)
    try statement.set(0, "tracktime365:" + name)
    try statement.bind(columns: [.integer])
    try statement.execute()
    let hasRow = try statement.next()
    guard hasRow, let result = statement.integer(0), result >= 0 else {
      let remark = "another loader holds the lock \(name)"
      throw ODBCError(
        call: "sp_getapplock",
        diagnostics: [Diagnostic(state: "HYT00", native: 1222, message: remark)])
    }
    statement.closeCursor()
  }
}
