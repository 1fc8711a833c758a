import Console
import Database
import ODBC
import Records
import Schema
import Support
import Testing

@testable import tt_load

/// Rounds that are written side by side come to the same as one after the other.
@Suite struct RoundWritersTests {
  private static let window = #"{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"}"#

  private func event(_ id: String, of user: String, categories: [String] = []) -> String {
    let categories = categories.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(id)","#
      + #""subject":"\#(user)","categories":[\#(categories)],"#
      + #""startUtc":"2026-03-01T09:00:00Z","endUtc":"2026-03-01T10:00:00Z","minutes":60}"#
  }

  private func fullRound(of user: String, events: Int, link: String) -> String {
    #"{"record":"round","user":"\#(user)","calendar":"primary","mode":"full","#
      + #""window":\#(Self.window),"counts":{"event":\#(events),"series":0,"removed":0},"#
      + #""deltaLink":"\#(link)"}"#
  }

  /// Mailboxes of so many events; each has an id that its neighbours have too, and writes a category its own way.
  private func stream(_ mailboxes: Range<Int>, events: Int = 20) -> [String] {
    var lines = [#"{"record":"stream","version":1,"run":"r"}"#]
    for mailbox in mailboxes {
      let user = "u\(mailbox)"
      let name = mailbox.isMultiple(of: 2) ? "Acme" : "ACME"
      lines.append(
        #"{"record":"user","id":"\#(user)","mail":"\#(user)@x.test","accountEnabled":true}"#)
      lines.append(
        #"{"record":"category","user":"\#(user)","name":"\#(name) \#(mailbox / 4)","#
          + #""color":"preset\#(mailbox % 20)","designation":"project"}"#)
      for number in 0..<events {
        let id = number == 0 ? "shared-\(mailbox / 4)" : "\(user)-\(number)"
        lines.append(event(id, of: user, categories: [name, "\(name) of events \(number)"]))
      }
      lines.append(fullRound(of: user, events: events, link: "d\(mailbox)"))
    }
    return lines + [#"{"record":"end","run":"r"}"#]
  }

  private func expectSame(_ engine: Engine) throws {
    var tables: [[[String?]]] = []
    for connections in [1, 4] {
      let database = try TestDatabase(engine)
      for lines in [stream(0..<24), stream(8..<16, events: 12), stream(0..<24)] {
        try database.load(lines, connections: connections)
      }
      tables.append(
        try database.rows(
          """
          SELECT e.event_id, e.user_id, e.subject, e.user_email, CAST(e.is_deleted AS VARCHAR(5)),
            c.name, c.color, c.color_user_id, c.designation
          FROM calendar_event e
          INNER JOIN calendar_event_calendar_category l ON l.event_key = e.event_key
          INNER JOIN calendar_category c ON c.category_id = l.category_id
          ORDER BY e.event_id, c.name_key
          """, columns: 9)
          + database.rows(
            "SELECT name, color, color_user_id FROM calendar_category ORDER BY category_id",
            columns: 3)
          + database.rows(
            """
            SELECT CAST(rounds AS VARCHAR(9)), CAST(events_new AS VARCHAR(9)),
              CAST(events_changed AS VARCHAR(9)), CAST(events_same AS VARCHAR(9)),
              CAST(events_deleted AS VARCHAR(9)), outcome
            FROM sync_run ORDER BY run_id
            """, columns: 6))
    }
    #expect(tables[0].count > 900)
    #expect(tables[0] == tables[1])
  }

  @Test func `four writers leave what one leaves`() throws { try expectSame(.sqlite) }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `four writers leave in SQL Server what one leaves`() async throws {
    try await ServerTurn.with { try expectSame(.sqlServer) }
  }

  /// Full rounds of people who have the events of the next person, each time of another one.
  private func moves(_ number: Int) -> [String] {
    var lines = [#"{"record":"stream","version":1,"run":"r"}"#]
    for mailbox in 0..<16 {
      let ids = (0..<5).map { "\((mailbox + number) % 16)-\($0)" }
      lines += ids.map { event($0, of: "u\(mailbox)") }
      lines.append(fullRound(of: "u\(mailbox)", events: 5, link: "d\(number)"))
    }
    return lines + [#"{"record":"end","run":"r"}"#]
  }

  private func expectNoneLost(_ engine: Engine) throws {
    let database = try TestDatabase(engine)
    for number in 0..<4 {
      try database.load(moves(number), connections: 4)
      let deleted = try database.rows(
        "SELECT event_id FROM calendar_event WHERE is_deleted = 1", columns: 1)
      try #require(deleted.isEmpty, "load \(number)")
    }
  }

  @Test func `events that move to another person are never deleted`() throws {
    try expectNoneLost(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `events that move to another person are never deleted in SQL Server`() async throws {
    try await ServerTurn.with { try expectNoneLost(.sqlServer) }
  }

  /// A database in which the round of u9 fails.
  private func databaseThatRefuses() throws -> TestDatabase {
    let database = try TestDatabase(.sqlite)
    try database.load(stream(0..<2), connections: 4)
    try database.execute(
      """
      CREATE TRIGGER refuse BEFORE INSERT ON calendar_event WHEN NEW.event_id = 'u9-7'
      BEGIN SELECT RAISE(ABORT, 'refused on purpose'); END
      """)
    return database
  }

  @Test func `a round that fails ends the load, and the others are whole`() throws {
    let database = try databaseThatRefuses()
    let failure = #expect(throws: Failure.self) {
      try database.load(stream(0..<24), connections: 4)
    }
    #expect(failure?.message.contains("refused on purpose") == true)
    let counts = try database.rows(
      "SELECT CAST(COUNT(*) AS VARCHAR(9)) FROM calendar_event GROUP BY user_id", columns: 1)
    #expect(Set(counts.map { $0[0] }).isSubset(of: ["17", "18", "19", "20"]), "\(counts)")
    #expect(
      try database.rows("SELECT user_id FROM calendar_event WHERE user_id = 'u9'", columns: 1)
        .isEmpty)
  }

  @Test func `a round that fails is told, not the bad line behind it`() throws {
    let database = try databaseThatRefuses()
    let failure = #expect(throws: Failure.self) {
      try database.load(stream(0..<10).dropLast() + ["nonsense"], connections: 4)
    }
    #expect(failure?.message.contains("refused on purpose") == true, "\(failure?.message ?? "")")
  }

  @Test func `without a thread to be had no round is under way`() throws {
    let database = try TestDatabase(.sqlite)
    let opener = database.opener
    let writers = RoundWriters(limit: 2, makeThread: { _ in false }) {
      Retrying(opener, limitSeconds: 0, Log(tool: "tt-load", level: .error)) { try Session($0) }
    }
    let round = RoundToLoad(
      PendingRound(CalendarKey(user: "u", calendar: "primary")), nil, isWhole: false,
      around: Surroundings())
    let failure = #expect(throws: Failure.self) {
      try writers.submit(round, run: OpenRun(id: 1, startedAt: ""), RunAudit())
    }
    #expect(failure?.status == .unavailable)
    try writers.finish()
    writers.close()
  }

  private func expectAuditGoesForward(_ engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.load(stream(0..<1))
    let session = try Session(try database.opener.open(for: .writing))
    let run = try session.openRun(RunAudit(), by: "me", now: "2026-01-01 00:00:00.000")
    for (rejected, errors) in [(3, 1), (1, 4), (0, 0)] {
      var audit = RunAudit()
      audit.rejected = rejected
      audit.errors = errors
      try session.count(Tally(), rounds: 1, run: run, audit)
    }
    let counts = try database.rows(
      """
      SELECT CAST(rounds AS VARCHAR(9)), CAST(rejected AS VARCHAR(9)), CAST(errors AS VARCHAR(9))
      FROM sync_run WHERE run_id = \(run.id)
      """, columns: 3)
    #expect(counts == [["3", "3", "4"]])
  }

  @Test func `what the audit counts never goes back`() throws {
    try expectAuditGoesForward(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `what the audit counts never goes back in SQL Server`() async throws {
    try await ServerTurn.with { try expectAuditGoesForward(.sqlServer) }
  }
}
