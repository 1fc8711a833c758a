import Console
import Database
import ODBC
import Schema
import Support
import Testing

@testable import tt_load

/// Rounds that are written side by side come to the same as one after the other.
@Suite struct RoundWritersTests {
  private static let window = #"{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"}"#

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
      for event in 0..<events {
        let id = event == 0 ? "shared-\(mailbox / 4)" : "\(user)-\(event)"
        lines.append(
          #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(id)","#
            + #""subject":"\#(user)","categories":["\#(name)","\#(name) of events \#(event)"],"#
            + #""startUtc":"2026-03-01T09:00:00Z","endUtc":"2026-03-01T10:00:00Z","minutes":60}"#)
      }
      lines.append(
        #"{"record":"round","user":"\#(user)","calendar":"primary","mode":"full","#
          + #""window":\#(Self.window),"counts":{"event":\#(events),"series":0,"removed":0},"#
          + #""deltaLink":"d\#(mailbox)"}"#)
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

  @Test func `a round that fails ends the load, and the others are whole`() throws {
    let database = try TestDatabase(.sqlite)
    try database.load(stream(0..<2), connections: 4)
    try database.opener.open(for: .writing).connection.execute(
      """
      CREATE TRIGGER refuse BEFORE INSERT ON calendar_event WHEN NEW.event_id = 'u9-7'
      BEGIN SELECT RAISE(ABORT, 'refused on purpose'); END
      """)
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
}
