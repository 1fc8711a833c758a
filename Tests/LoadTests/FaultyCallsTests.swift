import Console
import FaultyODBC
import Support
import Testing

@testable import tt_load

/// Loads of which one call of ODBC fails, at every place in turn: everything is there in the end, once.
///
/// Two streams take turns, so that each load has something to change in every mailbox.
@Suite struct FaultyCallsTests {
  private static let window = #"{"start":"2026-01-01T00:00:00Z","end":"2027-01-01T00:00:00Z"}"#

  private func event(
    _ id: String, of user: String, subject: String, category: String, master: String? = nil
  ) -> String {
    #"{"record":"event","user":"\#(user)","calendar":"primary","id":"\#(id)","#
      + #""subject":"\#(subject)","categories":["\#(category)","x"],"#
      + (master.map { #""seriesMasterId":"\#($0)","# } ?? "")
      + #""startUtc":"2026-03-01T09:00:00Z","endUtc":"2026-03-01T10:00:00Z","minutes":60}"#
  }

  private func round(of user: String, _ mode: String, _ counts: String, link: String) -> String {
    #"{"record":"round","user":"\#(user)","calendar":"primary","mode":"\#(mode)","#
      + #""window":\#(Self.window),"counts":\#(counts),"deltaLink":"\#(link)"}"#
  }

  /// A full round, and a delta with a removal and a series, all of it other than in the stream of the other name.
  private func stream(_ name: String, not other: String) -> [String] {
    func user(_ id: String) -> String {
      #"{"record":"user","id":"\#(id)","mail":"\#(id)@x.test","displayName":"\#(id) \#(name)"}"#
    }
    let full = (["only-\(name)"] + (0..<8).map { "full-\($0)" }).map {
      event($0, of: "full", subject: $0.hasSuffix("7") ? "same" : name, category: name)
    }
    let occurrences = (0..<3).map {
      event("o\($0)-\(name)", of: "delta", subject: name, category: "x", master: "M")
    }
    return [#"{"record":"stream","version":1,"run":"\#(name)"}"#, user("full")] + full
      + [round(of: "full", "full", #"{"event":9,"series":0,"removed":0}"#, link: name)]
      + [
        user("delta"),
        #"{"record":"category","user":"delta","name":"\#(name)","color":"preset1"}"#,
        event("delta-\(name)", of: "delta", subject: name, category: name),
        #"{"record":"removed","user":"delta","calendar":"primary","id":"delta-\#(other)"}"#,
      ] + occurrences
      + [
        #"{"record":"series","user":"delta","calendar":"primary","id":"M"}"#,
        round(of: "delta", "delta", #"{"event":4,"series":1,"removed":1}"#, link: name),
        #"{"record":"end","run":"\#(name)"}"#,
      ]
  }

  /// What the tables say of each mailbox.
  private func contents(_ database: TestDatabase) throws -> [String: [[String?]]] {
    var contents: [String: [[String?]]] = [:]
    func collect(_ columns: String, _ count: Int, _ rest: String) throws {
      for row in try database.rows("SELECT \(columns) \(rest)", columns: count) {
        contents[row[0] ?? "", default: []].append(row)
      }
    }
    try collect(
      "user_id, event_id, subject, user_name, CAST(is_deleted AS VARCHAR(5))", 5,
      "FROM calendar_event ORDER BY event_id")
    try collect(
      "e.user_id, e.event_id, c.name", 3,
      """
      FROM calendar_event_calendar_category l
      INNER JOIN calendar_event e ON e.event_key = l.event_key
      INNER JOIN calendar_category c ON c.category_id = l.category_id
      ORDER BY e.event_id, c.name
      """)
    try collect("user_id, delta_link", 2, "FROM sync_state")
    try collect(
      "s.user_id, e.event_id", 2,
      """
      FROM sync_state_event m
      INNER JOIN sync_state s ON s.slice_id = m.slice_id
      INNER JOIN calendar_event e ON e.event_key = m.event_key
      ORDER BY e.event_id
      """)
    return contents
  }

  /// A database that both streams were loaded into, and what it holds after each.
  private final class Scene {
    let database: TestDatabase
    let streams: [[String]]
    var contents: [[String: [[String?]]]] = []
    var calls = 0

    init(_ database: TestDatabase, _ streams: [[String]]) {
      self.database = database
      self.streams = streams
    }

    func load(_ number: Int) throws { try database.load(streams[number], connections: 1) }
  }

  private func scene(_ engine: Engine) throws -> Scene {
    let scene = Scene(
      try TestDatabase(engine), [stream("a", not: "b"), stream("b", not: "a")])
    for number in [0, 1] { try scene.load(number) }
    for number in [0, 1] {
      scene.calls = try Fault.calls { try scene.load(number) }
      scene.contents.append(try contents(scene.database))
    }
    try #require(scene.contents[0] != scene.contents[1])
    try #require(scene.calls > 50)
    return scene
  }

  private func expectMended(_ engine: Engine, _ fault: Fault) throws {
    let scene = try scene(engine)
    for (load, call) in Fault.places(engine, of: scene.calls).enumerated() {
      try fault.strike(call) { try scene.load(load % 2) }
      #expect(try contents(scene.database) == scene.contents[load % 2], "call \(call)")
    }
  }

  private func expectWhole(_ engine: Engine) throws {
    let scene = try scene(engine)
    let fault = Fault.full(engine)
    for (load, call) in Fault.places(engine, of: scene.calls).enumerated() {
      let failure = #expect(throws: Failure.self, "call \(call)") {
        try fault.strike(call) { try scene.load(load % 2) }
      }
      #expect(failure?.status == .inputOutput)
      for (user, rows) in try contents(scene.database) {
        #expect(scene.contents.contains { $0[user] == rows }, "\(user), call \(call)")
      }
      try scene.load(load % 2)
      #expect(try contents(scene.database) == scene.contents[load % 2], "after call \(call)")
    }
  }

  @Test func `a busy database is tried again, wherever it was busy`() throws {
    try expectMended(.sqlite, Fault(native: 5, state: "HY000"))
  }

  @Test func `a full disk leaves whole rounds, wherever it was full`() throws {
    try expectWhole(.sqlite)
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a deadlock's victim is tried again, wherever it was`() async throws {
    try await ServerTurn.with {
      let fault = Fault(native: 1205, state: "40001", end: FAULTY_ODBC_ROLLED_BACK)
      try expectMended(.sqlServer, fault)
    }
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a call of which nobody knows what came is made good`() async throws {
    try await ServerTurn.with {
      let fault = Fault(native: 10054, state: "08S01", end: FAULTY_ODBC_UNANSWERED)
      try expectMended(.sqlServer, fault)
    }
  }

  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `a full log leaves whole rounds, wherever it was full`() async throws {
    try await ServerTurn.with { try expectWhole(.sqlServer) }
  }
}
