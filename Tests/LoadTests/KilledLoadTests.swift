import Foundation
import Support
import Testing

/// Loads that are killed, and loads that meet: what a database engineer tries first.
@Suite struct KilledLoadTests {
  /// How often a load is killed; `TT_TEST_KILLS=200` for the long run.
  private static let kills =
    ProcessInfo.processInfo.environment["TT_TEST_KILLS"].flatMap { Int($0) } ?? 10

  /// Mailboxes of so many events each, as a stream.
  private func stream(_ mailboxes: Range<Int>, events: Int, subject: String) -> String {
    var lines = ["{\"record\":\"stream\",\"version\":1,\"run\":\"r\"}"]
    for mailbox in mailboxes {
      for event in 0..<events {
        lines.append(
          """
          {"record":"event","user":"u\(mailbox)","calendar":"primary","id":"u\(mailbox)-\(event)",\
          "subject":"\(subject)","categories":["Acme","c\(event % 5)"],\
          "startUtc":"2026-03-01T09:00:00Z","endUtc":"2026-03-01T10:00:00Z","minutes":60}
          """)
      }
      lines.append(
        """
        {"record":"round","user":"u\(mailbox)","calendar":"primary","mode":"full",\
        "window":{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"},\
        "counts":{"event":\(events),"series":0,"removed":0},"deltaLink":"\(subject)"}
        """)
    }
    lines.append("{\"record\":\"end\",\"run\":\"r\"}")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Per mailbox: how many events, how many spellings of the subject, links, members, and the checkpoint.
  private static let census = """
    sqlite3 t.db "SELECT e.user_id, COUNT(*), COUNT(DISTINCT e.subject), MAX(e.subject),
      (SELECT COUNT(*) FROM calendar_event_calendar_category l JOIN calendar_event x
        ON x.event_key = l.event_key WHERE x.user_id = e.user_id),
      (SELECT COUNT(*) FROM sync_state_event m JOIN sync_state s ON s.slice_id = m.slice_id
        WHERE s.user_id = e.user_id),
      (SELECT MAX(delta_link) FROM sync_state s WHERE s.user_id = e.user_id)
      FROM calendar_event e GROUP BY 1 ORDER BY 1"
    """

  @Test func `a load that is killed at any moment leaves only whole rounds`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write(stream(0..<20, events: 40, subject: "a"), to: "a")
      try sandbox.write(stream(0..<20, events: 40, subject: "b"), to: "b")
      for kill in 0..<Self.kills {
        let name = kill.isMultiple(of: 2) ? "a" : "b"
        let delay = Double.random(in: 0.005...0.4)
        _ = try await sandbox.shell(
          """
          tt-load -q --db sqlite:t.db <\(name) & pid=$!
          sleep \(delay); kill -9 $pid 2>/dev/null; wait $pid; true
          """)
        let census = try await sandbox.shell(
          "[ -e t.db ] && sqlite3 t.db .tables | grep -q sync_state || exit 0; \(Self.census)")
        #expect(census.status == 0, "\(census.messages)")
        for row in census.output.split(separator: "\n") {
          let cells = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
          #expect(cells[1...2] == ["40", "1"], "\(row)")
          #expect(cells[3] == cells[6], "the checkpoint is that of the rows: \(row)")
          #expect(cells[4...5] == ["80", "40"], "\(row)")
        }
      }
      let last = try await sandbox.shell("tt-load -q --db sqlite:t.db <b; \(Self.census)")
      #expect(last.output.split(separator: "\n").count == 20)
      #expect(last.output.split(separator: "\n").allSatisfy { $0.hasSuffix("|40|1|b|80|40|b") })
    }
  }

  @Test func `eight loads at once on overlapping mailboxes lose and double nothing`() async throws {
    try await Sandbox.with { sandbox in
      for loader in 0..<8 {
        let mailboxes = loader / 2..<loader / 2 + 6
        try sandbox.write(stream(mailboxes, events: 25, subject: "same"), to: "s\(loader)")
      }
      let outcome = try await sandbox.shell(
        """
        pids=""
        for i in 0 1 2 3 4 5 6 7; do tt-load -q --db sqlite:t.db <s$i & pids="$pids $!"; done
        status=0; for pid in $pids; do wait $pid || status=$?; done
        \(Self.census)
        exit $status
        """)
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.split(separator: "\n").count == 9)
      let whole = outcome.output.split(separator: "\n").allSatisfy {
        $0.hasSuffix("|25|1|same|50|25|same")
      }
      #expect(whole, "\(outcome.output)")
    }
  }
}
