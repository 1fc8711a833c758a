import Console
import Database
import Foundation
import NDJSON
import ODBC
import Records
import Schema
import Support
import Synchronization
import Testing

@testable import tt_load

/// What one session commits while another is at work, from two threads that take turns at given points.
@Suite struct SessionsAtOnceTests {
  private static let window = RoundRecord.Window(
    start: "2026-01-01T00:00:00Z", end: "2027-01-01T00:00:00Z")

  private static func event(_ id: String, of user: String, category: String?) -> String {
    #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(id)","subject":"s","#
      + (category.map { #""categories":["\#($0)"],"# } ?? "")
      + #""startUtc":"2026-03-01T09:00:00Z","endUtc":"2026-03-01T10:00:00Z","minutes":60}"#
  }

  private static func pending(
    _ ids: [String], of user: String, categories: [String: String] = [:]
  ) throws -> PendingRound {
    let pending = PendingRound(CalendarKey(user: user, calendar: "primary"))
    var scanner = ObjectScanner()
    var reader = EventReader()
    for id in ids {
      var row = OutputBuffer()
      let line = Array(event(id, of: user, category: categories[id]).utf8)
      try scanner.scan(line.span.bytes)
      let summary = try reader.read(line.span.bytes, scanner, into: &row)
      row.withBytes { pending.append(event: $0, summary) }
    }
    return pending
  }

  private static func bareRound(
    _ ids: [String], of user: String, categories: [String: String] = [:]
  ) throws -> RoundToLoad {
    RoundToLoad(
      try pending(ids, of: user, categories: categories), nil, isWhole: false,
      around: Surroundings())
  }

  private static func fullRound(_ ids: [String], of user: String) throws -> RoundToLoad {
    let pending = try pending(ids, of: user)
    let record = RoundRecord(
      key: pending.key, mail: nil, mode: .full, window: window, counts: pending.counts,
      startedAt: "", finishedAt: "2026-01-01T00:00:00Z")
    return RoundToLoad(pending, record, isWhole: true, around: Surroundings())
  }

  /// Loads what one session brings, and from another thread what a second one brings before the first has committed.
  private func load(
    _ first: RoundToLoad, beforeItsCommit second: @escaping @Sendable () throws -> RoundToLoad,
    _ database: TestDatabase
  ) throws {
    let session = try Session(try database.opener.open(for: .writing))
    let failure = Mutex<String?>(nil)
    let over = DispatchSemaphore(value: 0)
    let opener = database.opener
    var isOver = false
    try session.transaction(locks: [first.lock]) {
      _ = try session.load(first, run: nil)
      let isStarted = startThread {
        do {
          try Self.load(try second(), try Session(try opener.open(for: .writing)))
        } catch { failure.withLock { $0 = "\(error)" } }
        over.signal()
      }
      try #require(isStarted)
      // A second round that doesn't wait for the first, as it should, is over by then.
      isOver = over.wait(timeout: .now() + 3) == .success
    }
    if !isOver { over.wait() }
    #expect(failure.withLock { $0 } == nil)
  }

  private static func load(_ round: RoundToLoad, _ session: Session) throws {
    _ = try session.transaction(locks: [round.lock]) { try session.load(round, run: nil) }
  }

  /// An event that A's slice holds, and that bare events have said is B's, where no slice of B holds it yet.
  private func databaseWithMovedEvent() throws -> TestDatabase {
    let database = try TestDatabase(.sqlServer)
    try SchemaUpgrade(log: Log(tool: "tt-load", level: .error)).run(
      on: database.opener.open(for: .writing))
    let session = try Session(try database.opener.open(for: .writing))
    try Self.load(Self.fullRound(["x", "a"], of: "A"), session)
    try Self.load(Self.bareRound(["x"], of: "B"), session)
    return database
  }

  private func expectAlive(_ database: TestDatabase) throws {
    let rows = try database.rows(
      """
      SELECT CAST(e.is_deleted AS VARCHAR(5)), s.user_id FROM calendar_event e
      INNER JOIN sync_state_event m ON m.event_key = e.event_key
      INNER JOIN sync_state s ON s.slice_id = m.slice_id
      WHERE e.event_id = 'x'
      """, columns: 2)
    #expect(rows == [["0", "B"]])
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `an event that one loses is alive when another brings it meanwhile`() async throws {
    try await ServerTurn.with {
      let database = try databaseWithMovedEvent()
      try load(
        Self.fullRound(["a"], of: "A"),
        beforeItsCommit: { try Self.fullRound(["x"], of: "B") }, database)
      try expectAlive(database)
    }
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `an event that one brings is alive when another loses it meanwhile`() async throws {
    try await ServerTurn.with {
      let database = try databaseWithMovedEvent()
      try load(
        Self.fullRound(["x"], of: "B"),
        beforeItsCommit: { try Self.fullRound(["a"], of: "A") }, database)
      try expectAlive(database)
    }
  }

  /// Rows are found before their categories get ids, and a new category's lock is taken in between.
  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a deleted event that comes back is there though it is purged meanwhile`() async throws {
    try await ServerTurn.with {
      let database = try databaseWithMovedEvent()
      try database.execute("UPDATE calendar_event SET is_deleted = 1")
      let round = try Self.bareRound(["x", "y"], of: "B", categories: ["y": "Acme"])
      let loading = try database.opener.open(for: .writing)
      let purging = try database.opener.open(for: .writing)
      let writer = try SQLServerEventWriter(loading.connection)
      try loading.transaction {
        _ = try writer.write(
          RoundToWrite(
            pending: round.pending, content: round.content, scope: .bare, holdsNothing: true,
            owner: Owner(), now: "2026-01-02"),
          CategoryTable(.sqlServer), on: loading.connection
        ) { _ throws(ODBCError) in
          try purging.connection.execute("DELETE FROM calendar_event WHERE is_deleted = 1")
        }
      }
      let rows = try database.rows(
        "SELECT event_id, CAST(is_deleted AS VARCHAR(5)) FROM calendar_event ORDER BY event_id",
        columns: 2)
      #expect(rows == [["x", "0"], ["y", "0"]])
    }
  }

  private func expectDesignationStays(_ engine: Engine) throws {
    let database = try TestDatabase(engine)
    try SchemaUpgrade(log: Log(tool: "tt-load", level: .error)).run(
      on: database.opener.open(for: .writing))
    func bring(_ color: String, _ session: Session) throws {
      try session.transaction(locks: []) {
        try session.apply(
          [CategoryRecord(user: "A", name: "Acme", color: color)], and: [], now: "2026-01-01")
      }
    }
    let loading = try Session(try database.opener.open(for: .writing))
    try bring("preset1", loading)
    let other = try Session(try database.opener.open(for: .writing))
    _ = try other.transaction(locks: ["categories"]) {
      try other.categories.designate(
        "acme", as: "project", other.database.connection, now: "2026-01-02")
    }
    try bring("preset2", loading)
    let rows = try database.rows(
      "SELECT color, designation FROM calendar_category", columns: 2)
    #expect(rows == [["preset2", "project"]])
  }

  @Test func `what a category stands for stays when a load brings its colour`() throws {
    try expectDesignationStays(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `what a category stands for stays in SQL Server`() async throws {
    try await ServerTurn.with { try expectDesignationStays(.sqlServer) }
  }
}
