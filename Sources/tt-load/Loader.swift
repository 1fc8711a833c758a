import Console
import Database
import ODBC
import Records
import Schema

/// Commits rounds: each with its people, categories, checkpoint and audit in one transaction, again after faults.
final class Loader {
  private let database: Retrying
  private let log: Log
  private let keeps: Bool
  private let place: String
  private let startedAt = presentColumnTime()
  private var run: Int?
  /// What was done so far; only rounds that are safely in count.
  private(set) var audit = RunAudit()

  init(_ opener: DatabaseOpener, keeps: Bool, maxRetrySeconds: Double, _ log: Log) {
    self.log = log
    self.keeps = keeps
    place = opener.place
    let purpose: Purpose = keeps ? .writing : .rehearsing
    database = Retrying(opener, for: purpose, limitSeconds: maxRetrySeconds, log) { opened in
      let upgrade = SchemaUpgrade(log: log)
      guard keeps else { return try Session(rehearsing: upgrade, on: opened) }
      try upgrade.run(on: opened)
      return try Session(opened)
    }
  }

  /// Logs in with this Entra token from now on.
  func use(accessToken: String) throws { try database.use(accessToken: accessToken) }

  func note(streamRun: String) { audit.streamRun = streamRun }
  func noteRejected() { audit.rejected += 1 }
  func noteError() { audit.errors += 1 }
  /// An event's id was another person's in the same input.
  func noteTaken() { audit.tally.taken += 1 }

  /// What belongs to a mailbox besides its events.
  struct Surroundings {
    var person: Person?
    var categories: [CategoryRecord] = []
    /// Of people without a round, the one whose categories came last is applied last.
    var order = 0
  }

  /// Loads what came of a calendar.
  ///
  /// `round` is nil for bare events; `isWhole` says that its counts are right.
  @discardableResult
  func commit(
    _ pending: PendingRound, _ round: RoundRecord?, isWhole: Bool, _ around: Surroundings
  ) throws -> Tally {
    let content = RoundContent(pending.entries)
    var next = audit
    let tally = try database.run("load a round") { session in
      let run = try openRun(session)
      return try inTransaction(session, locks: ["mailbox:" + pending.key.user]) {
        let now = presentColumnTime()
        let owner = try prepare(pending, round, around, session, now)
        let scope = try scope(pending, round, isWhole, session, now)
        let tally = try session.write(
          RoundToWrite(
            pending: pending, content: content, scope: scope, owner: owner, now: now))
        if let round, isWhole, let slice = scope.slice {
          try session.close(slice, round, run: run, now: now)
        }
        next = audit
        next.tally += tally
        if round != nil { next.rounds += 1 }
        if keeps { try session.update(run: run, next, .running, now: now) }
        return tally
      }
    }
    audit = next
    return tally
  }

  private func prepare(
    _ pending: PendingRound, _ round: RoundRecord?, _ around: Surroundings, _ session: Session,
    _ now: String
  ) throws -> Owner {
    if let person = around.person { try session.write(person, now: now) }
    try session.apply(around.categories, now: now)
    return try session.owner(pending.key.user) ?? Owner(mail: round?.mail, name: nil)
  }

  private func scope(
    _ pending: PendingRound, _ round: RoundRecord?, _ isWhole: Bool, _ session: Session,
    _ now: String
  ) throws -> RoundToWrite.Scope {
    guard let round else { return .bare }
    let slice = try session.slice(round.key, round.window, now: now)
    guard isWhole else { return .partial(slice: slice) }
    switch round.mode {
    case .full: return .full(slice: slice, window: round.window)
    case .delta: return .delta(slice: slice)
    }
  }

  /// Loads people and categories of whom no round came.
  func commit(_ people: [Surroundings]) throws {
    var rest = people[...]
    while !rest.isEmpty {
      let batch = rest.prefix(500)
      try database.run("load people") { session in
        try inTransaction(session, locks: []) {
          let now = presentColumnTime()
          for around in batch {
            if let person = around.person { try session.write(person, now: now) }
            try session.apply(around.categories, now: now)
          }
        }
      }
      rest = rest.dropFirst(500)
    }
  }

  /// A load commits; a plan rehearses, and can't be taken up again in the middle.
  private func inTransaction<Result>(
    _ session: Session, locks: [String], _ body: () throws -> Result
  ) throws -> Result {
    guard !keeps else { return try session.transaction(locks: locks, body) }
    do {
      return try session.rehearsal(locks: locks, body)
    } catch let error as ODBCError {
      throw DatabaseError(error, session.dialect, doing: "plan the load").failure(place: place)
    }
  }

  private func openRun(_ session: Session) throws -> Int {
    if let run { return run }
    guard keeps else { return 0 }
    let number = try session.openRun(audit, by: whoLoads(), now: startedAt)
    run = number
    return number
  }

  /// Closes the audit.
  ///
  /// A run in which nothing came leaves no trace; nor does one that failed where no database is.
  func finish(_ outcome: RunAudit.Outcome) throws {
    guard keeps, run != nil || isWorthNoting(outcome) else { return }
    try database.run("close the audit", limitSeconds: outcome == .failed ? 0 : nil) { session in
      try session.update(run: try openRun(session), audit, outcome, now: presentColumnTime())
    }
  }

  private func isWorthNoting(_ outcome: RunAudit.Outcome) -> Bool {
    guard outcome != .failed else { return database.isReachable }
    return audit != RunAudit()
  }
}

extension RoundToWrite.Scope {
  var slice: Int? {
    switch self {
    case .bare: nil
    case .partial(let slice), .delta(let slice), .full(let slice, _): slice
    }
  }
}

extension Session {
  func apply(_ records: [CategoryRecord], now: String) throws(ODBCError) {
    for record in records {
      try categories.apply(record, database.connection, now: now) { () throws(ODBCError) in
        try take("categories")
      }
    }
  }
}
