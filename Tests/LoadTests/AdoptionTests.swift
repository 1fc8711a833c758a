import Console
import Database
import Schema
import Support
import Testing

@testable import tt_load

/// The earlier program's tables become ours with every row, category and link, whole or not at all.
@Suite struct AdoptionTests {
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
    let first = try TestDatabase(earlierOn: engine)
    let calls = try Fault.calls { try upgrade(first) }
    try expectAdopted(first)
    for call in Fault.places(engine, of: calls) {
      let database = try TestDatabase(earlierOn: engine)
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
