import Console
import Database
import ODBC
import Schema
import Testing

@Suite struct DatabaseFaultTests {
  private func fault(
    _ dialect: Dialect, _ state: String, _ native: Int, _ message: String = "x",
    isDead: Bool = false
  ) -> DatabaseFault {
    let diagnostic = Diagnostic(state: state, native: native, message: message)
    return DatabaseFault(
      ODBCError(call: "SQLExecute", diagnostics: [diagnostic], isConnectionDead: isDead), dialect)
  }

  /// What Microsoft documents for SQL Server and Azure SQL as passing, each with the status of giving up.
  @Test(arguments: [
    1205, 1222, 3960, 4060, 4221, 10928, 10929, 10936, 40143, 40197, 40501, 40540, 40613, 49918,
    49919, 49920, 6005, 10053, 10054, 10060, 17142, 233, 121, 64, 596, 701, 922, 952, 976, 983, 988,
    1204, 3957, 3966, 8628, 8645, 8651, 18401, 41301, 41839, 42108, 42109,
  ])
  func `numbers of faults that pass are tried again, and are "unavailable" in the end`(
    native: Int
  ) {
    for state in ["40001", "42000", "HY000", "08S01", "01000"] {
      #expect(fault(.sqlServer, state, native).isTransient)
    }
    let error = ODBCError(
      call: "SQLExecute",
      diagnostics: [Diagnostic(state: "42000", native: native, message: "come back")])
    let failure = Failure(error, .sqlServer, doing: "load a round", place: "db")
    #expect(failure.status == .unavailable)
    #expect(failure.message.contains("\(native)"))
  }

  @Test(arguments: [
    (18456, Console.ExitStatus.notAllowed), (9002, .inputOutput), (1105, .inputOutput),
    (40544, .inputOutput), (3906, .cannotCreate), (229, .notAllowed), (262, .notAllowed),
    (916, .notAllowed), (208, .unavailable), (2628, .software),
  ])
  func `numbers of faults that last are not tried again`(native: Int, status: Console.ExitStatus) {
    #expect(!fault(.sqlServer, "42000", native).isTransient)
    let error = ODBCError(
      call: "SQLExecute", diagnostics: [Diagnostic(state: "42000", native: native, message: "no")])
    #expect(Failure(error, .sqlServer, doing: "load", place: "db").status == status)
  }

  /// Seen with Microsoft's driver 18.6 and FreeTDS 1.3.
  @Test(arguments: [
    ("40001", 1205, DatabaseFault.conflict), ("42000", 1205, .conflict),
    ("23000", 2627, .collision),
    ("HYT00", 0, .interrupted), ("08S01", 10054, .interrupted), ("08S01", 20009, .interrupted),
    ("01000", 20017, .interrupted), ("42000", 40613, .interrupted), ("42000", 4060, .interrupted),
    ("28000", 18456, .login), ("42000", 18456, .login), ("42000", 9002, .full),
    ("42000", 1105, .full), ("42S02", 208, .noTable), ("23000", 515, .other),
    ("22001", 2628, .other),
  ])
  func `SQL Server's numbers mean the same with both drivers`(
    state: String, native: Int, expected: DatabaseFault
  ) {
    #expect(fault(.sqlServer, state, native) == expected)
  }

  @Test func `a driver that says nothing, or nothing of use, has lost its server`() {
    #expect(fault(.sqlServer, "HY000", 0, "[FreeTDS][SQL Server]Unknown error") == .interrupted)
    #expect(
      DatabaseFault(ODBCError(call: "SQLExecute", diagnostics: []), .sqlServer) == .interrupted)
    #expect(fault(.sqlServer, "HY000", 0, "strange", isDead: true) == .interrupted)
    #expect(fault(.sqlServer, "HY000", 0, "strange") == .other)
  }

  @Test func `a server's words of a denied permission are understood without its number`() {
    #expect(
      fault(.sqlServer, "42000", 33_557_097, "permission denied for table sync_run") == .denied)
    #expect(
      fault(.sqlServer, "42000", 0, "The INSERT permission was denied on the object 'sync_run'")
        == .denied)
  }

  @Test func `a table that isn't there is understood by words, too`() {
    #expect(fault(.sqlite, "HY000", 1, "no such table: sync_run (1)") == .noTable)
    let words =
      "[Microsoft][ODBC Driver 18 for SQL Server][SQL Server]relation \"x\" does not exist"
    #expect(fault(.sqlServer, "42000", 33_557_097, words) == .noTable)
    let column = "column \"y\" of relation \"x\" does not exist"
    #expect(fault(.sqlServer, "42000", 33_557_097, column) == .other)
  }

  @Test func `a foreign key that fails is a collision with somebody else`() {
    #expect(fault(.sqlite, "HY000", 19, "FOREIGN KEY constraint failed (19)") == .collision)
    #expect(fault(.sqlServer, "23000", 547) == .collision)
  }

  /// Seen with Babelfish 4.3.
  @Test func `a server that can't hold a NUL makes it bad data`() {
    let words = "invalid UTF16 byte sequence - code point 0 not supported"
    #expect(fault(.sqlServer, "42000", 33_557_097, words) == .noNUL)
    let error = ODBCError(
      call: "SQLExecute",
      diagnostics: [Diagnostic(state: "42000", native: 33_557_097, message: words)])
    let failure = Failure(error, .sqlServer, doing: "load a round", place: "db")
    #expect(failure.status == .badData)
    #expect(failure.message.contains("NUL"))
  }

  @Test(arguments: [
    (5, DatabaseFault.conflict), (517, .conflict), (6, .conflict), (13, .full), (26, .notADatabase),
    (8, .readOnly), (14, .cannotOpen), (11, .corrupt), (10, .corrupt), (1, .other), (19, .other),
  ])
  func `SQLite is understood by its result code`(native: Int, expected: DatabaseFault) {
    #expect(fault(.sqlite, "HY000", native) == expected)
  }

  @Test func `a driver that isn't installed is a matter of configuration`() {
    let missing = "[unixODBC][Driver Manager]Can't open lib 'None' : file not found"
    #expect(fault(.sqlServer, "01000", 0, missing) == .noDriver)
    let error = ODBCError(
      call: "SQLDriverConnect",
      diagnostics: [Diagnostic(state: "01000", native: 0, message: missing)])
    let failure = Failure(error, .sqlite, doing: "connect", place: "x.db")
    #expect(failure.status == .configuration)
    #expect(failure.hint?.contains("libsqliteodbc") == true)
  }
}
