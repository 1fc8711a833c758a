import Console
import Database
import Schema
import Support
import Testing

@testable import tt_load

/// The earlier program's tables become ours with every row, category and link, whole or not at all.
@Suite struct AdoptionTests {
  private static let columns = """
    user_email NVARCHAR(255), user_name NVARCHAR(255), subject NVARCHAR(255),
    description NVARCHAR(4000), start_date DATETIME, end_date DATETIME, last_modified DATETIME,
    is_deleted BIT DEFAULT 0, created_at DATETIME, updated_at DATETIME
    """

  private static func tables(_ engine: Engine) -> [String] {
    let id = "event_id NVARCHAR(255) \(engine == .sqlite ? "COLLATE NOCASE " : "")NOT NULL"
    let number =
      engine == .sqlite
      ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "INT IDENTITY(1, 1) NOT NULL PRIMARY KEY"
    let computed = ["PROJECT", "ACTIVITY"].map { marker in
      let name = "is_\(marker.lowercased())"
      return engine == .sqlite
        ? "\(name) BIT GENERATED ALWAYS AS (instr(name, '[\(marker)]') > 0)"
        : "\(name) AS CAST(CASE WHEN CHARINDEX('[\(marker)]', name) > 0 THEN 1 ELSE 0 END AS BIT)"
    }
    return [
      "CREATE TABLE calendar_event (\(id) PRIMARY KEY, \(columns))",
      """
      CREATE TABLE calendar_category (category_id \(number), name NVARCHAR(255) NOT NULL,
        \(computed.joined(separator: ", ")), created_at DATETIME, updated_at DATETIME)
      """,
      """
      CREATE TABLE calendar_event_calendar_category (\(id), category_id INT NOT NULL,
        created_at DATETIME, updated_at DATETIME, PRIMARY KEY (event_id, category_id),
        FOREIGN KEY (event_id) REFERENCES calendar_event (event_id) ON DELETE CASCADE,
        FOREIGN KEY (category_id) REFERENCES calendar_category (category_id))
      """,
    ]
  }

  private static let rows = [
    "INSERT INTO calendar_category (name) VALUES ('[PROJECT] Acme'), ('Plain'), ('plain')",
    """
    INSERT INTO calendar_event (event_id, user_email, user_name, subject, start_date, end_date,
      is_deleted, created_at) VALUES
      ('AAMkA=', 'ada@x.test', 'Ada', 'Old', '2026-10-01 08:00:00.997', '2026-10-01 09:30:00.997',
        0, '2015-03-01 12:00:00'),
      ('B', 'bob@x.test', NULL, NULL, NULL, NULL, 1, NULL)
    """,
    """
    INSERT INTO calendar_event_calendar_category (event_id, category_id)
    VALUES ('aamka=', 1), ('AAMkA=', 2), ('B', 3)
    """,
  ]

  private func earlier(_ engine: Engine) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    for statement in Self.tables(engine) + Self.rows { try database.execute(statement) }
    return database
  }

  private func upgrade(_ database: TestDatabase) throws {
    try SchemaUpgrade(log: Log(tool: "tt-load", level: .error)).run(
      on: database.opener.open(for: .writing))
  }

  private func expectAdopted(_ database: TestDatabase, _ comment: Comment? = nil) throws {
    let events = try database.rows(
      """
      SELECT event_id, user_email, user_name, subject, CAST(CAST(minutes AS INT) AS VARCHAR(9)),
        CAST(is_deleted AS VARCHAR(5)) FROM calendar_event ORDER BY event_id
      """, columns: 6)
    #expect(
      events == [
        ["AAMkA=", "ada@x.test", "Ada", "Old", "90", "0"],
        ["B", "bob@x.test", nil, nil, nil, "1"],
      ], comment)
    let links = try database.rows(
      """
      SELECT e.event_id, l.event_id, c.name, CAST(c.is_project AS VARCHAR(5))
      FROM calendar_event_calendar_category l
      INNER JOIN calendar_event e ON e.event_key = l.event_key
      INNER JOIN calendar_category c ON c.category_id = l.category_id
      ORDER BY l.category_id
      """, columns: 4)
    #expect(
      links == [
        ["AAMkA=", "AAMkA=", "[PROJECT] Acme", "1"], ["AAMkA=", "AAMkA=", "Plain", "0"],
        ["B", "B", "plain", "0"],
      ], comment)
    let opened = try database.opener.open(for: .writing)
    #expect(try opened.knownVersion() == SchemaVersion.current, comment)
    for name in Tables.earlierNames {
      #expect(try !opened.hasTable(name + "_earlier"), comment)
    }
  }

  private func expectWhole(_ engine: Engine) throws {
    let first = try earlier(engine)
    let calls = try Fault.calls { try upgrade(first) }
    try expectAdopted(first)
    for call in Fault.places(engine, of: calls) {
      let database = try earlier(engine)
      #expect(throws: (any Error).self, "call \(call)") {
        try Fault.full(engine).strike(call) { try upgrade(database) }
      }
      try upgrade(database)
      try expectAdopted(database, "after call \(call)")
    }
  }

  @Test func `tables of the earlier program are adopted whole or not at all`() throws {
    try expectWhole(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `tables of the earlier program in SQL Server are adopted whole or not at all`() async throws
  {
    try await ServerTurn.with { try expectWhole(.sqlServer) }
  }
}
