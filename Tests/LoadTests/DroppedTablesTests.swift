import Console
import Support
import Testing

@testable import tt_load

/// Tables that are dropped while a load runs: it says so, and nothing comes into tables of that name that it doesn't
/// know.
@Suite struct DroppedTablesTests {
  private func round(of user: String, category: String) -> [String] {
    [
      #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(user)-1","#
        + #""categories":["\#(category)"],"startUtc":"2026-03-01T09:00:00Z","#
        + #""endUtc":"2026-03-01T10:00:00Z","minutes":60}"#,
      #"{"record":"round","user":"\#(user)","calendar":"primary","mode":"full","#
        + #""window":{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"},"#
        + #""counts":{"event":1,"series":0,"removed":0},"deltaLink":"d"}"#,
    ]
  }

  private func expectRefusal(
    _ engine: Engine, after drop: @escaping (TestDatabase) throws -> Void
  ) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    let lines = round(of: "a", category: "x") + round(of: "b", category: "x")
    let failure = #expect(throws: Failure.self) {
      try database.load(lines, connections: 1, meanwhile: (line: 2, work: { try drop(database) }))
    }
    #expect(failure?.status == .unavailable, "\(failure?.message ?? "")")
    return database
  }

  private func expectNothingWrong(_ engine: Engine) throws {
    _ = try expectRefusal(engine) { try $0.dropAll() }
    // The other load's first category gets the number that "x" had.
    let others = try expectRefusal(engine) { database in
      try database.dropAll()
      try database.load(self.round(of: "c", category: "y"), connections: 1)
    }
    let links = try others.rows(
      """
      SELECT l.event_id, c.name FROM calendar_event_calendar_category l
      INNER JOIN calendar_category c ON c.category_id = l.category_id
      """, columns: 2)
    #expect(links == [["c-1", "y"]])
  }

  @Test func `a load ends when its tables are dropped`() throws {
    try expectNothingWrong(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a load ends when its tables are dropped in SQL Server`() async throws {
    try await ServerTurn.with { try expectNothingWrong(.sqlServer) }
  }
}
