import Console
import Database
import ODBC
import Schema
import Testing

@testable import tt_load

/// What becomes of work on a database that fails in ways that pass, and in ways that last.
@Suite struct RetryingTests {
  private func retrying(_ limitSeconds: Double, _ sessions: Counter) throws -> Retrying {
    let log = Log(tool: "tt-load", level: .error)
    let environment = Console.Environment(["TT_DB": "sqlite::memory:"])
    let opener = try DatabaseOpener(option: nil, World(environment: environment, log: log))
    return Retrying(opener, limitSeconds: limitSeconds, log) { opened in
      try SchemaUpgrade(log: log).run(on: opened)
      sessions.count += 1
      return try Session(opened)
    }
  }

  private final class Counter { var count = 0 }

  private func error(_ native: Int) -> ODBCError {
    ODBCError(
      call: "SQLExecute", diagnostics: [Diagnostic(state: "HY000", native: native, message: "x")])
  }

  /// SQLite's codes: 5 is busy, 13 a full disk, 1 a fault of ours.
  @Test func `the whole work is done again until nobody is in the way`() throws {
    let sessions = Counter()
    let database = try retrying(30, sessions)
    var attempts = 0
    let result = try database.run("load a round") { _ in
      attempts += 1
      guard attempts == 4 else { throw error(5) }
      return "done"
    }
    #expect(result == "done")
    #expect(attempts == 4)
    #expect(sessions.count == 4, "nothing that was prepared outlives a fault")
  }

  @Test func `giving up has its time, its status and its hint`() throws {
    let database = try retrying(0.2, Counter())
    var attempts = 0
    let failure = #expect(throws: Failure.self) {
      try database.run("load a round") { _ in
        attempts += 1
        throw error(5)
      }
    }
    #expect(attempts > 1)
    #expect(failure?.status == .unavailable)
    #expect(failure?.message.hasPrefix("cannot load a round") == true)
    #expect(failure?.hint == "run it again when the database answers")
    #expect(!database.isReachable)
  }

  @Test(arguments: [(13, Console.ExitStatus.inputOutput), (1, .software)])
  func `what lasts is told at once`(native: Int, status: Console.ExitStatus) throws {
    let database = try retrying(30, Counter())
    var attempts = 0
    let failure = #expect(throws: Failure.self) {
      try database.run("load a round") { _ in
        attempts += 1
        throw error(native)
      }
    }
    #expect(attempts == 1)
    #expect(failure?.status == status)
  }

  @Test func `a connection that is gone is made anew`() throws {
    let sessions = Counter()
    let database = try retrying(30, sessions)
    var attempts = 0
    try database.run("load a round") { _ in
      attempts += 1
      // What the opener says when a server is down.
      if attempts < 3 {
        let lost = ODBCError(call: "SQLExecute", diagnostics: [], isConnectionDead: true)
        throw DatabaseError(lost, .sqlServer, doing: "load a round")
      }
    }
    #expect(sessions.count == 3)
  }

  @Test func `waits grow, differ and end`() throws {
    var backoff = Backoff(limitSeconds: 1e9)
    var waits: [Double] = []
    for _ in 0..<20 {
      let wait = backoff.next(isCollision: false)
      waits.append(try #require(wait))
    }
    for (index, wait) in waits.enumerated() {
      let ceiling = min(0.05 * Double(1 << index), 15)
      #expect((ceiling / 2...ceiling).contains(wait))
    }
    var collisions = Backoff(limitSeconds: 1e9)
    let tries = (0..<10).compactMap { _ in collisions.next(isCollision: true) }
    #expect(tries.count == 5, "rows that meet again and again are no accident")
    var none = Backoff(limitSeconds: 0)
    #expect(none.next(isCollision: false) == nil)
  }
}
