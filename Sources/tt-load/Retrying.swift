import Console
import Database
import ODBC
import Schema

/// Does work on a database again after faults that pass: reconnects, backs off with jitter, gives up after a while.
final class Retrying {
  private var opener: DatabaseOpener
  private let purpose: Purpose
  private let limitSeconds: Double
  private let log: Log
  private let prepare: (consuming Database) throws -> Session
  private var session: Session?
  private var hasGivenUp = false

  /// `prepare` makes a session of each new connection.
  init(
    _ opener: DatabaseOpener, for purpose: Purpose = .writing, limitSeconds: Double, _ log: Log,
    prepare: @escaping (consuming Database) throws -> Session
  ) {
    self.opener = opener
    self.purpose = purpose
    self.limitSeconds = limitSeconds
    self.log = log
    self.prepare = prepare
  }

  /// Logs in with this Entra token from the next connection on.
  func use(accessToken: String) throws { try opener.use(accessToken: accessToken) }

  /// Whether there is a database, and it has not failed for good.
  var isReachable: Bool { opener.exists && !hasGivenUp }

  /// Runs `body` until it succeeds; `doing` says what it does, for messages.
  func run<Result>(
    _ doing: String, limitSeconds: Double? = nil, _ body: (Session) throws -> Result
  ) throws -> Result {
    try untilItSucceeds(limitSeconds ?? self.limitSeconds) {
      let session = try currentSession(doing)
      return try telling(doing, session.dialect) { try body(session) }
    }
  }

  /// The same without a session, for work on the tables themselves: `body` gets a connection of its own.
  func withDatabase<Result>(
    _ doing: String, _ body: (borrowing Database) throws -> Result
  ) throws -> Result {
    try untilItSucceeds(limitSeconds) {
      try opener.withDatabase(for: purpose, doing: doing, body)
    }
  }

  private func untilItSucceeds<Result>(
    _ limitSeconds: Double, _ attempt: () throws -> Result
  ) throws -> Result {
    var backoff = Backoff(limitSeconds: limitSeconds)
    while true {
      do {
        return try attempt()
      } catch let error as DatabaseError {
        try wait(after: error, &backoff)
      }
    }
  }

  private func currentSession(_ doing: String) throws -> Session {
    if let session { return session }
    let opened = try opener.open(for: purpose)
    let dialect = opened.dialect
    do {
      let new = try prepare(opened)
      session = new
      return new
    } catch let error as ODBCError { throw DatabaseError(error, dialect, doing: doing) }
  }

  private func wait(after error: DatabaseError, _ backoff: inout Backoff) throws {
    let fault = error.fault
    // A session whose transaction broke may hold anything, and FreeTDS never runs a statement again that failed.
    session = nil
    guard fault.isTransient, let seconds = backoff.next(isCollision: fault == .collision) else {
      hasGivenUp = true
      throw error.failure(place: opener.place)
    }
    if backoff.isWorthTelling() {
      log.warning(
        error.failure(place: opener.place).message,
        hint: "it is tried again for up to \(Int(backoff.limitSeconds)) s")
    }
    log.debug("again in \(Int(seconds * 1000)) ms: \(error.cause)")
    SystemClock.sleep(seconds: seconds)
  }
}

/// How long to wait before each further attempt: twice as long each time, with jitter, up to a limit in all.
struct Backoff {
  private static let longestSeconds = 15.0
  private static let collisionLimit = 5
  private static let patientSeconds = 3.0
  let limitSeconds: Double
  private let start = SystemClock.steadySeconds
  private var isTold = false
  private var attempts = 0
  private var collisions = 0

  init(limitSeconds: Double) { self.limitSeconds = limitSeconds }

  /// Seconds to wait, or nil when it is time to give up.
  mutating func next(isCollision: Bool) -> Double? {
    attempts += 1
    if isCollision { collisions += 1 }
    guard collisions <= Self.collisionLimit,
      SystemClock.steadySeconds - start < limitSeconds
    else { return nil }
    var ceiling = 0.05
    for _ in 1..<min(attempts, 12) { ceiling *= 2 }
    return Double.random(in: 0.5...1) * min(ceiling, Self.longestSeconds)
  }

  /// Whether it is time to tell somebody that this takes long: true once.
  mutating func isWorthTelling() -> Bool {
    guard !isTold, SystemClock.steadySeconds - start >= Self.patientSeconds else { return false }
    isTold = true
    return true
  }
}
