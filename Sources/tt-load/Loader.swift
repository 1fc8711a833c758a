import Console
import Database
import ODBC
import Records
import Schema

/// Brings rounds and people into the database: each round with its person, checkpoint and audit in one transaction,
/// again after faults.
final class Loader {
  private let database: Retrying
  private let makeWriters: (_ limit: Int) -> RoundWriters
  private var writers: RoundWriters?
  private var accessToken: String?
  /// How many rounds may be written at once; nil leaves it to the kind of database.
  private let connections: Int?
  /// So many seconds of writing make one more connection worth its while, unless somebody asks for it.
  private let patience: Double
  /// Larger rounds are written while nobody reads on: no second one of that size is in memory.
  private static let largestAside = 20_000
  /// How long one connection alone has been writing since its first round, with which it warmed up.
  private var secondsAlone: Double?
  private let keeps: Bool
  private let place: String
  private let startedAt = presentColumnTime()
  private var run: OpenRun?
  /// What was done so far; only rounds that are safely in count.
  private(set) var audit = RunAudit()

  init(
    _ opener: DatabaseOpener, keeps: Bool, connections: Int? = nil, maxRetrySeconds: Double,
    _ log: Log
  ) {
    self.keeps = keeps
    self.connections = connections
    patience = connections == nil ? 1 : 0
    place = opener.place
    let purpose: Purpose = keeps ? .writing : .rehearsing
    var hasTables = false
    database = Retrying(opener, for: purpose, limitSeconds: maxRetrySeconds, log) { opened in
      let upgrade = SchemaUpgrade(log: log)
      guard keeps else { return try Session(rehearsing: upgrade, on: opened) }
      if hasTables { try upgrade.check(opened) } else { try upgrade.run(on: opened) }
      hasTables = true
      return try Session(opened)
    }
    makeWriters = { limit in
      RoundWriters(limit: limit) {
        Retrying(opener, limitSeconds: maxRetrySeconds, log) { try Session($0) }
      }
    }
  }

  /// Logs in with this Entra token from now on.
  func use(accessToken: String) throws {
    try database.use(accessToken: accessToken)
    self.accessToken = accessToken
    writers?.use(accessToken: accessToken)
  }

  func note(streamRun: String) { audit.streamRun = streamRun }
  func noteRejected() { audit.rejected += 1 }
  func noteError() { audit.errors += 1 }
  /// An event's id was another person's in the same input.
  func noteTaken() { audit.tally.taken += 1 }
}

// MARK: - Rounds and people

extension Loader {
  /// Loads what came of a calendar; nil when that is under way, and counted later.
  @discardableResult
  func commit(_ round: RoundToLoad) throws -> Tally? {
    guard keeps else { return count(try rehearse(round), of: round) }
    let (run, dialect) = try database.run(round.loading) { (try openRun($0), $0.dialect) }
    guard let writers = startedWriters(for: dialect) else { return try load(round, run: run) }
    guard round.pending.entries.count < Self.largestAside else {
      try finishRounds()
      return try load(round, run: run)
    }
    try writers.submit(try introduceCategories(of: round, run: run), run: run, audit)
    countDone()
    return nil
  }

  private func load(_ round: RoundToLoad, run: OpenRun) throws -> Tally {
    let start = SystemClock.steadySeconds
    let tally = count(try database.load(round, run: run, audit), of: round)
    secondsAlone = secondsAlone.map { $0 + SystemClock.steadySeconds - start } ?? 0
    return tally
  }

  /// The writers, once one connection had enough to do; nil before, and where there is to be only one.
  private func startedWriters(for dialect: Dialect) -> RoundWriters? {
    let limit = connections ?? dialect.usualConnections
    guard writers == nil, limit > 1, let secondsAlone, secondsAlone >= patience else {
      return writers
    }
    let new = makeWriters(limit)
    if let accessToken { new.use(accessToken: accessToken) }
    writers = new
    return new
  }

  /// A plan can't be taken up again in the middle.
  private func rehearse(_ round: RoundToLoad) throws -> Tally {
    try database.run(round.loading) { session in
      try rehearse(session, locks: [round.lock]) { try session.load(round, run: nil) }
    }
  }

  private func rehearse<Result>(
    _ session: Session, locks: [String], _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try session.rehearsal(locks: locks, body)
    } catch let error as ODBCError {
      throw DatabaseError(error, session.dialect, doing: "plan the load").failure(place: place)
    }
  }

  private func count(_ tally: Tally, of round: RoundToLoad) -> Tally {
    audit.tally += tally
    if round.record != nil { audit.rounds += 1 }
    return tally
  }

  private func countDone() {
    guard let done = writers?.takeDone() else { return }
    audit.tally += done.tally
    audit.rounds += done.rounds
  }

  /// Gives a round's categories their rows before writers that run side by side need them, so that who came first in
  /// the stream has the say in how they are spelled and coloured; returns what is left to load.
  private func introduceCategories(of round: RoundToLoad, run: OpenRun) throws -> RoundToLoad {
    let names = try round.pending.categoryNames(round.content.present)
    let records = round.around.categories
    try database.run("load categories") { session in
      guard try !session.knows(records, names) else { return }
      try session.transaction(locks: []) {
        try session.apply(records, and: names, now: presentColumnTime())
        try session.count(Tally(), rounds: 0, run: run, audit)
      }
    }
    var rest = round
    rest.around.categories = []
    return rest
  }

  /// Loads people and categories of whom no round came.
  func commit(_ people: [Surroundings]) throws {
    try finishRounds()
    var rest = people[...]
    while !rest.isEmpty {
      let batch = rest.prefix(500)
      try database.run("load people") { session in
        func write() throws {
          let now = presentColumnTime()
          for around in batch {
            if let person = around.person { try session.write(person, now: now) }
            try session.apply(around.categories, and: [], now: now)
          }
          if let run { try session.count(Tally(), rounds: 0, run: run, audit) }
        }
        if keeps {
          try session.transaction(locks: [], write)
        } else {
          try rehearse(session, locks: [], write)
        }
      }
      rest = rest.dropFirst(500)
    }
  }

  /// Counts what is done of what was under way; throws what came to grief meanwhile.
  func check() throws {
    countDone()
    try writers?.check()
  }

  /// Waits for the rounds that are under way.
  func finishRounds() throws {
    defer { countDone() }
    try writers?.finish()
  }
}

// MARK: - The audit

extension Loader {
  private func openRun(_ session: Session) throws -> OpenRun {
    if let run { return run }
    let opened = try session.openRun(audit, by: whoLoads(), now: startedAt)
    run = opened
    return opened
  }

  /// Closes the audit, after the rounds that are under way.
  ///
  /// A run in which nothing came leaves no trace; nor does one that failed where no database is.
  func finish(_ outcome: RunAudit.Outcome) throws {
    writers?.close()
    countDone()
    guard keeps, run != nil || isWorthNoting(outcome) else { return }
    try database.run("close the audit", limitSeconds: outcome == .failed ? 0 : nil) { session in
      try session.close(run: try openRun(session), audit, outcome, now: presentColumnTime())
    }
  }

  /// Ends a load that failed; returns the first failure, which a round that was under way may have met before.
  func end(failed failure: any Error) -> any Error {
    defer {
      // The audit says "failed" if it still can.
      try? finish(.failed)
    }
    do {
      try finishRounds()
      return failure
    } catch { return error }
  }

  private func isWorthNoting(_ outcome: RunAudit.Outcome) -> Bool {
    guard outcome != .failed else { return database.isReachable }
    return audit != RunAudit()
  }
}

extension Dialect {
  /// SQLite lets one connection write at a time.
  fileprivate var usualConnections: Int { self == .sqlite ? 1 : 2 }
}
