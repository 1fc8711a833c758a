import Console
import Database
import Schema
import Support
import Testing

@testable import tt_load

/// Tables that are dropped while a load runs: it says so, makes none, and writes nothing into other tables of that name.
@Suite struct DroppedTablesTests {
  private static func round(of user: String, category: String) -> [String] {
    [
      #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(user)-1","#
        + #""categories":["\#(category)"],"startUtc":"2026-03-01T09:00:00Z","#
        + #""endUtc":"2026-03-01T10:00:00Z","minutes":60}"#,
      #"{"record":"round","user":"\#(user)","calendar":"primary","mode":"full","#
        + #""window":{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"},"#
        + #""counts":{"event":1,"series":0,"removed":0},"deltaLink":"d"}"#,
    ]
  }

  private static let first = round(of: "a", category: "x")

  /// What may come behind the first round: a round, people and categories without one, nothing.
  private static let rests = [
    round(of: "b", category: "x"), round(of: "b", category: "new"),
    [
      #"{"record":"user","id":"b","mail":"b@x.test"}"#,
      #"{"record":"category","user":"b","name":"x","color":"preset1"}"#,
    ],
    [#"{"record":"end","run":"r"}"#],
  ]

  private func expectRefusal(
    _ rest: [String], _ engine: Engine, connections: Int,
    after drop: @escaping (TestDatabase) throws -> Void
  ) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    // Several write only once one has written alone.
    let lines = Self.first + Self.round(of: "a", category: "x") + rest
    let failure = #expect(throws: Failure.self, "\(rest)") {
      try database.load(
        lines, connections: connections, meanwhile: (line: 4, work: { try drop(database) }))
    }
    #expect(failure?.status == .unavailable, "\(failure?.message ?? "") \(rest)")
    return database
  }

  private func expectNoTables(_ engine: Engine, connections: Int) throws {
    for rest in Self.rests {
      let dropped = try expectRefusal(rest, engine, connections: connections) { try $0.dropAll() }
      let opened = try dropped.opener.open(for: .writing)
      for name in Tables.names { #expect(try !opened.hasTable(name), "\(rest)") }
    }
  }

  /// Another load's first category gets the number that "x" had.
  private func expectOthersOnly(_ engine: Engine, connections: Int) throws {
    for rest in Self.rests {
      let others = try expectRefusal(rest, engine, connections: connections) { database in
        try database.dropAll()
        try database.load(Self.round(of: "c", category: "y"), connections: 1)
      }
      let links = try others.rows(
        """
        SELECT l.event_id, c.name FROM calendar_event_calendar_category l
        INNER JOIN calendar_category c ON c.category_id = l.category_id
        """, columns: 2)
      #expect(links == [["c-1", "y"]], "\(rest)")
      #expect(try others.rows("SELECT name FROM calendar_category", columns: 1) == [["y"]])
      let runs = try others.rows("SELECT outcome FROM sync_run", columns: 1)
      #expect(runs == [["done"]], "\(rest)")
    }
  }

  private func expectNothingWrong(_ engine: Engine, connections: Int) throws {
    try expectNoTables(engine, connections: connections)
    try expectOthersOnly(engine, connections: connections)
  }

  @Test(arguments: [1, 2])
  func `a load ends when its tables are dropped`(connections: Int) throws {
    try expectNothingWrong(.sqlite, connections: connections)
  }

  @Test(
    .enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"), arguments: [1, 2])
  func `a load ends when its tables are dropped in SQL Server`(connections: Int) async throws {
    try await ServerTurn.with { try expectNothingWrong(.sqlServer, connections: connections) }
  }
}
