import ODBC
import Testing

@Suite struct ConnectionTests {
  @Test(arguments: DatabaseUnderTest.available)
  func `a statement runs and its rows come back`(database: DatabaseUnderTest) throws {
    let connection = try database.connect()
    var statement = try connection.prepare(
      "WITH t(x) AS (SELECT 1) SELECT x, \(database.literal("é😀")), NULL FROM t")
    try statement.bind(columns: [.integer, .text(10), .text(10)])
    for _ in 1...3 {
      let rows = try statement.rows { [$0.integer(0).map(String.init), $0.text(1), $0.text(2)] }
      #expect(rows == [["1", "é😀", nil]])
    }
  }

  @Test(arguments: DatabaseUnderTest.available)
  func `many rows come in blocks and none is lost`(database: DatabaseUnderTest) throws {
    let connection = try database.connect()
    let table = database.temporaryTable
    try connection.execute("CREATE TABLE \(table) (number INTEGER, word \(database.longType))")
    var insert = try connection.prepare(
      "WITH t(x) AS (SELECT 1) INSERT INTO \(table) SELECT ?, ? FROM t")
    if database == .sqlServer {
      insert = try connection.prepare("INSERT INTO \(table) VALUES (?, ?)")
    }
    for number in 0..<250 {
      try insert.set(0, number)
      try insert.set(1, "word \(number)")
      try insert.execute()
    }
    for rowsPerFetch in [1, 7, 100, 1000] {
      var select = try connection.prepare(
        "SELECT number, CAST(word AS \(database == .sqlite ? "TEXT" : "NVARCHAR(20)"))"
          + " FROM \(table) ORDER BY number")
      try select.bind(columns: [.integer, .text(20)], rowsPerFetch: rowsPerFetch)
      let words = try select.rows { $0.text(1) }
      #expect(words == (0..<250).map { "word \($0)" }, "rows per fetch: \(rowsPerFetch)")
    }
  }

  @Test(arguments: DatabaseUnderTest.available)
  func `a text longer than its column is an error, not cut`(database: DatabaseUnderTest) throws {
    let connection = try database.connect()
    var statement = try connection.prepare("SELECT 'abcdefghij'")
    try statement.bind(columns: [.text(3)])
    let error: ODBCError?
    do {
      _ = try statement.rows { $0.text(0) }
      error = nil
    } catch let caught as ODBCError {
      error = caught
    }
    #expect(error?.hasState("22001") == true)
  }

  @Test(arguments: DatabaseUnderTest.available)
  func `an error carries the server's words and number`(database: DatabaseUnderTest) throws {
    let error = #expect(throws: ODBCError.self) {
      try database.connect().execute("SELECT * FROM nowhere")
    }
    let text = try #require(error).description
    #expect(text.contains("nowhere"), "\(text)")
    #expect(!text.hasPrefix("["))
    #expect(error?.isConnectionDead == false)
  }

  @Test func `a driver that isn't there is an error without the connection string`() {
    let error = #expect(throws: ODBCError.self) {
      _ = try Connection("Driver=/nowhere/libnone.so;PWD=secret")
    }
    #expect(error?.call == "SQLDriverConnect")
    #expect(error.map { "\($0)".contains("secret") } == false)
  }
}
