internal import Console
package import ODBC
internal import Schema

extension Database {
  /// The version of the tables, nil where there are none; tables of a newer version are refused, and somebody else's
  /// that have the names of ours.
  ///
  /// The earlier program's tables are version 1. Outside a transaction others may make, upgrade or drop tables
  /// meanwhile: the version is the one before that or the one after.
  package borrowing func knownVersion() throws -> Int? {
    while true {
      let isNoted = try hasTable("schema_version")
      let version = try look { isNoted ? try notedVersion() : try earlierVersion() }
      // Our programs make and drop it with all the others, in one transaction: what was seen across that is of no time.
      if try hasTable("schema_version") == isNoted { return try version.get() }
    }
  }

  /// What a look came to, or the failure that tables explain which came or went meanwhile; throws all others.
  private borrowing func look(_ version: () throws -> Int?) throws -> Result<Int?, any Error> {
    do {
      return .success(try version())
    } catch let failure as Failure {
      return .failure(failure)
    } catch let error as ODBCError where DatabaseFault(error, dialect) == .noTable {
      return .failure(error)
    }
  }

  private borrowing func notedVersion() throws -> Int {
    guard try columns(of: "schema_version").contains("tool_version") else {
      throw foreign("schema_version")
    }
    guard let version = try number(Self.newestVersion) else {
      throw Failure(
        .configuration, "the table schema_version of \(place) is empty",
        hint: "the last statement of tt-load schema fills it")
    }
    try refuse(newer: version)
    return version
  }

  /// Refuses tables of a newer version, as far as whoever asks may see it.
  package borrowing func refuseNewer() throws {
    if let version = try? number(Self.newestVersion) { try refuse(newer: version) }
  }

  private static var newestVersion: String {
    "SELECT CAST(MAX(version) AS BIGINT) FROM schema_version"
  }

  private borrowing func refuse(newer version: Int) throws {
    guard version > SchemaVersion.current else { return }
    throw Failure(
      .configuration,
      "the tables are of version \(version), and this program knows version"
        + " \(SchemaVersion.current)",
      hint: "use programs of the release that made them")
  }

  private borrowing func earlierVersion() throws -> Int? {
    let isThere = try hasTable("calendar_event")
    let columns = Set(isThere ? try columns(of: "calendar_event") : [])
    guard !isThere || columns.contains("event_id") && !columns.isDisjoint(with: Self.earlierColumns)
    else { throw foreign("calendar_event") }
    for name in Tables.names where !(isThere && Tables.earlierNames.contains(name)) {
      if try hasTable(name, ownOnly: true) { throw foreign(name) }
    }
    return isThere ? SchemaVersion.adopted : nil
  }

  /// Some of which the earlier program's events have.
  private static var earlierColumns: [String] {
    ["user_email", "user_name", "start_date", "last_modified"]
  }

  private borrowing func foreign(_ table: String) -> Failure {
    Failure(
      .configuration, "\(place) has a table \(table) that is not this program's",
      hint: "use another database or schema")
  }

  /// Whether there is a table of that name; `ownOnly` looks only into the schema that tables are made in, and not into
  /// `dbo` as well.
  package borrowing func hasTable(
    _ name: String, ownOnly: Bool = false
  ) throws(ODBCError) -> Bool {
    let path = ownOnly ? "CONCAT(QUOTENAME(SCHEMA_NAME()), N'.', ?)" : "?"
    var statement = try connection.prepare(
      dialect == .sqlite
        ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
        : "SELECT CAST(CASE WHEN OBJECT_ID(\(path), N'U') IS NULL THEN 0 ELSE 1 END AS BIGINT)")
    try statement.bind(columns: [.integer])
    try statement.set(0, name)
    try statement.execute()
    return try statement.next() && statement.integer(0) != 0
  }

  /// The names of a table's columns, in small letters.
  package borrowing func columns(of table: String) throws(ODBCError) -> [String] {
    var statement = try connection.prepare(
      dialect == .sqlite
        ? "SELECT name FROM pragma_table_info(?)"
        : "SELECT CAST(name AS NVARCHAR(128)) FROM sys.columns WHERE object_id = OBJECT_ID(?, N'U')"
    )
    try statement.bind(columns: [.text(128)])
    try statement.set(0, table)
    try statement.execute()
    var names: [String] = []
    while try statement.next() { names.append((statement.text(0) ?? "").lowercased()) }
    return names
  }

  /// The one number that a query answers with.
  package borrowing func number(_ sql: String) throws(ODBCError) -> Int? {
    var statement = try connection.prepare(sql)
    try statement.bind(columns: [.integer])
    try statement.execute()
    return try statement.next() ? statement.integer(0) : nil
  }

  /// Runs `body` in one transaction under a lock; it is rolled back when `body` fails.
  ///
  /// SQLite takes its one lock for writing at once, so that no transaction finds out late that it can't write.
  package borrowing func transaction<Result>(
    lock: String? = nil, _ body: () throws -> Result
  ) throws -> Result {
    try connection.execute(dialect == .sqlite ? "BEGIN IMMEDIATE" : "BEGIN TRANSACTION")
    do {
      if let lock { try takeLock(lock) }
      let result = try body()
      try connection.execute("COMMIT")
      return result
    } catch {
      // The first error is the one to tell; without a connection there is nothing left to roll back.
      _ = try? connection.execute(
        dialect == .sqlite ? "ROLLBACK" : "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION")
      throw error
    }
  }

  /// Waits for a lock of our own that the end of the transaction frees; SQLite's transactions are locks enough.
  package borrowing func takeLock(_ name: String) throws(ODBCError) {
    guard dialect == .sqlServer else { return }
    let statement = try connection.kept(
      """
      DECLARE @result INT;
      EXEC @result = sp_getapplock @Resource = ?, @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 10000;
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
  }
}
