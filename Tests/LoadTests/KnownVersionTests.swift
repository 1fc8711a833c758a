import Console
import Database
import Schema
import Support
import Testing

@testable import tt_load

/// Which version the tables are of while somebody else makes, adopts or drops them: the one before or after that.
@Suite struct KnownVersionTests {
  private let upgrade = SchemaUpgrade(log: Log(tool: "tt-load", level: .error))

  private func make(_ database: TestDatabase) throws {
    try upgrade.run(on: database.opener.open(for: .writing))
  }

  private func made(_ engine: Engine) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    try make(database)
    return database
  }

  /// How many calls a look makes that nobody comes between.
  private func calls(of database: TestDatabase) throws -> Int {
    let opened = try database.opener.open(for: .writing)
    return try Fault.calls { _ = try opened.knownVersion() }
  }

  /// Looks at the tables of a new database each time, and `change` comes before another call of the look each time.
  private func expectEach(
    of versions: [Int?], _ engine: Engine, _ database: () throws -> TestDatabase,
    change: @escaping (TestDatabase) throws -> Void
  ) throws {
    let calls = try calls(of: database())
    try #require(calls > 3)
    for call in Fault.places(engine, of: calls) {
      let database = try database()
      let opened = try database.opener.open(for: .writing)
      let version = try Interruption { try change(database) }
        .come(before: call) { try opened.knownVersion() }
      #expect(versions.contains(version), "call \(call)")
    }
  }

  private func expectOneVersion(_ engine: Engine) throws {
    try expectEach(
      of: [nil, SchemaVersion.current], engine, { try TestDatabase(engine) }, change: make)
    try expectEach(
      of: [SchemaVersion.adopted, SchemaVersion.current], engine,
      { try TestDatabase(earlierOn: engine) }, change: make)
    try expectEach(of: [SchemaVersion.current, nil], engine, { try made(engine) }) {
      try $0.dropAll()
    }
  }

  /// The second comes before another call each time that the first makes until it has a transaction.
  private func expectMadeOnce(_ engine: Engine) throws {
    let calls = try calls(of: TestDatabase(engine))
    for call in Fault.places(engine, of: calls) + [calls + 1] {
      let database = try TestDatabase(engine)
      let opened = try database.opener.open(for: .writing)
      let outcome = try Interruption { try self.make(database) }
        .come(before: call) { try upgrade.run(on: opened) }
      #expect(outcome == .unchanged, "call \(call)")
    }
  }

  @Test func `tables that somebody makes, adopts or drops are of one version`() throws {
    try expectOneVersion(.sqlite)
  }

  @Test func `two that make tables at once make them once`() throws {
    try expectMadeOnce(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `tables that somebody makes, adopts or drops in SQL Server are of one version`() async throws
  {
    try await ServerTurn.with { try expectOneVersion(.sqlServer) }
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `two that make tables in SQL Server at once make them once`() async throws {
    try await ServerTurn.with { try expectMadeOnce(.sqlServer) }
  }
}
