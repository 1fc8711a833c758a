import Database
import Schema
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

  /// How often a load into a server is killed or cut off: each costs seconds.
  private static let serverKills = max(kills / 4, 3)

  @Test func `a load that is killed at any moment leaves only whole rounds`() async throws {
    try await killLoads(.sqlite, times: Self.kills, latest: 0.4)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a load into a server that is killed leaves only whole rounds`() async throws {
    try await ServerTurn.with {
      try await killLoads(.sqlServer, times: Self.serverKills, latest: 3)
    }
  }

  /// A server is loaded over one connection, or over several.
  private func options(_ engine: Engine, _ number: Int) -> String {
    engine == .sqlServer ? "--connections \(1 + number % 3)" : ""
  }

  private func killLoads(_ engine: Engine, times: Int, latest: Double) async throws {
    let database = try TestDatabase(engine)
    try await Sandbox.with { sandbox in
      try sandbox.write(stream(0..<20, events: 40, subject: "a"), to: "a")
      try sandbox.write(stream(0..<20, events: 40, subject: "b"), to: "b")
      for kill in 0..<times {
        let name = kill.isMultiple(of: 2) ? "a" : "b"
        let delay = Double.random(in: 0.005...latest)
        _ = try await sandbox.shell(
          """
          tt-load -q \(options(engine, kill)) <\(name) & pid=$!
          sleep \(delay); kill -9 $pid 2>/dev/null; wait $pid; true
          """, environment: ["TT_DB": database.text])
        expectWholeRounds(try database.census(), events: 40)
      }
      let last = try await sandbox.shell("tt-load -q <b", environment: ["TT_DB": database.text])
      #expect(last.status == 0, "\(last.messages)")
      try expectAll(database.census(), mailboxes: 20, events: 40, subject: "b")
    }
  }

  @Test func `eight loads at once on overlapping mailboxes lose and double nothing`() async throws {
    try await loadEightAtOnce(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `eight loads into a server at once lose and double nothing`() async throws {
    try await ServerTurn.with { try await loadEightAtOnce(.sqlServer) }
  }

  private func loadEightAtOnce(_ engine: Engine) async throws {
    let database = try TestDatabase(engine)
    try await Sandbox.with { sandbox in
      for loader in 0..<8 {
        let mailboxes = loader / 2..<loader / 2 + 6
        try sandbox.write(stream(mailboxes, events: 25, subject: "same"), to: "s\(loader)")
      }
      let outcome = try await sandbox.shell(
        """
        pids=""
        for i in 0 1 2 3 4 5 6 7; do tt-load -q \(options(engine, 1)) <s$i & pids="$pids $!"; done
        status=0; for pid in $pids; do wait $pid || status=$?; done
        exit $status
        """, environment: ["TT_DB": database.text])
      #expect(outcome.status == 0, "\(outcome.messages)")
      try expectAll(database.census(), mailboxes: 9, events: 25, subject: "same")
    }
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a load whose connections are cut ends whole or as unavailable`() async throws {
    let server = try #require(Engine.serverText)
    try await ServerTurn.with {
      let database = try TestDatabase(.sqlServer)
      try await Sandbox.with { sandbox in
        try sandbox.write(CuttingProxy.script, to: "proxy.py")
        try sandbox.write(stream(0..<20, events: 40, subject: "a"), to: "a")
        try sandbox.write(stream(0..<20, events: 40, subject: "b"), to: "b")
        for cut in 0..<Self.serverKills {
          let name = cut.isMultiple(of: 2) ? "a" : "b"
          let outcome = try await sandbox.shell(
            """
            mkfifo port\(cut)
            python3 proxy.py \(CuttingProxy.address(of: server)) >port\(cut) & proxy=$!
            read -r port <port\(cut)
            TT_DB=${TT_DB//PORT_OF_PROXY/$port} tt-load -q --max-retry-seconds 10 \
              \(options(.sqlServer, cut)) <\(name)
            status=$?
            kill $proxy
            exit $status
            """, environment: ["TT_DB": CuttingProxy.text(server, port: "PORT_OF_PROXY")])
          #expect([0, 69].contains(outcome.status), "\(outcome.messages)")
          let census = try database.census()
          expectWholeRounds(census, events: 40)
          if outcome.status == 0 { expectAll(census, mailboxes: 20, events: 40, subject: name) }
        }
      }
    }
  }

  /// Each mailbox is as one of the streams says, and its checkpoint is that of its rows.
  private func expectWholeRounds(_ census: [Mailbox], events: Int) {
    for mailbox in census {
      #expect(
        mailbox
          == Mailbox(
            user: mailbox.user, events: events, subjects: [mailbox.subjects.first ?? ""],
            links: 2 * events, members: events, deltaLink: mailbox.subjects.first))
    }
  }

  private func expectAll(_ census: [Mailbox], mailboxes: Int, events: Int, subject: String) {
    #expect(census.count == mailboxes)
    expectWholeRounds(census, events: events)
    #expect(census.allSatisfy { $0.subjects == [subject] })
  }
}

/// What the tables say of a mailbox.
private struct Mailbox: Equatable {
  var user: String
  var events = 0
  var subjects: [String] = []
  var links = 0
  var members = 0
  var deltaLink: String?
}

extension TestDatabase {
  /// All mailboxes of which there are events or checkpoints.
  fileprivate func census() throws -> [Mailbox] {
    guard try opener.open(for: .writing).hasTable("sync_run") else { return [] }
    var mailboxes: [String: Mailbox] = [:]
    func collect(_ sql: String, _ use: (inout Mailbox, String) -> Void) throws {
      for row in try rows(sql, columns: 2) {
        let user = row[0] ?? ""
        use(&mailboxes[user, default: Mailbox(user: user)], row[1] ?? "")
      }
    }
    try collect("SELECT user_id, COUNT(*) FROM calendar_event GROUP BY user_id") {
      $0.events = Int($1) ?? -1
    }
    try collect("SELECT DISTINCT user_id, subject FROM calendar_event") { $0.subjects.append($1) }
    try collect(
      """
      SELECT e.user_id, COUNT(*) FROM calendar_event_calendar_category l
      INNER JOIN calendar_event e ON e.event_key = l.event_key GROUP BY e.user_id
      """
    ) { $0.links = Int($1) ?? -1 }
    try collect(
      """
      SELECT s.user_id, COUNT(*) FROM sync_state_event m
      INNER JOIN sync_state s ON s.slice_id = m.slice_id GROUP BY s.user_id
      """
    ) { $0.members = Int($1) ?? -1 }
    try collect("SELECT user_id, delta_link FROM sync_state") { $0.deltaLink = $1 }
    return mailboxes.values.sorted { $0.user < $1.user }
  }
}

/// A proxy in front of a server that cuts what goes through it, again and again.
private enum CuttingProxy {
  /// Prints its port; takes the server's host and port.
  static let script = """
    import random, socket, sys, threading, time
    door = socket.create_server(("127.0.0.1", 0))
    print(door.getsockname()[1], flush=True)
    pairs = []
    def pump(source, target):
        try:
            while data := source.recv(65536): target.sendall(data)
        except OSError: pass
        for end in (source, target):
            try: end.shutdown(socket.SHUT_RDWR)
            except OSError: pass
    def accept():
        while True:
            pair = (door.accept()[0], socket.create_connection((sys.argv[1], int(sys.argv[2]))))
            pairs.append(pair)
            for way in (pair, pair[::-1]): threading.Thread(target=pump, args=way, daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    while True:
        time.sleep(random.uniform(0.1, 2))
        while pairs:
            for end in pairs.pop():
                try: end.shutdown(socket.SHUT_RDWR)
                except OSError: pass
    """

  private static func parts(_ text: String) -> [(name: String, value: String)] {
    text.split(separator: ";").map { part in
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      return (pair[0].uppercased(), pair.count > 1 ? pair[1] : "")
    }
  }

  /// Host and port of the server, as two words.
  static func address(of text: String) -> String {
    let parts = parts(text)
    let server = parts.first { $0.name == "SERVER" }?.value ?? ""
    let names = server.replacing("tcp:", with: "").split(separator: ",").map(String.init)
    let port = parts.first { $0.name == "PORT" }?.value
    return "\(names.first ?? "127.0.0.1") \(names.count > 1 ? names[1] : port ?? "1433")"
  }

  /// The same connection string, to a port of this machine.
  static func text(_ text: String, port: String) -> String {
    let isFreeTDS = text.contains("FreeTDS")
    let rest = parts(text).filter { !["SERVER", "PORT"].contains($0.name) }
    let server = isFreeTDS ? "SERVER=127.0.0.1;PORT=\(port)" : "SERVER=127.0.0.1,\(port)"
    return (rest.map { "\($0.name)=\($0.value)" } + [server]).joined(separator: ";")
  }
}
