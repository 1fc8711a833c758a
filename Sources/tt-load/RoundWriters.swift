import Console
import NDJSON
import Records

/// Connections that write rounds side by side while the stream is read on.
///
/// The tables come to hold what they would if one round after the other had been written: two that touch on the same
/// things never are under way together.
final class RoundWriters {
  private let board = Monitor(Board())
  private let limit: Int
  private let makeDatabase: @Sendable () -> Retrying
  private let makeThread: (@escaping @Sendable () -> Void) -> Bool

  /// Up to `limit` writers; each keeps to a database that `makeDatabase` gives it, on a thread that `makeThread`
  /// starts if there is one to have.
  init(
    limit: Int, makeThread: @escaping (@escaping @Sendable () -> Void) -> Bool = startThread,
    _ makeDatabase: @escaping @Sendable () -> Retrying
  ) {
    self.limit = limit
    self.makeThread = makeThread
    self.makeDatabase = makeDatabase
  }

  /// Logs in with this Entra token from now on.
  func use(accessToken: String) { board.with { $0.accessToken = accessToken } }

  /// Hands a round to the next free writer, once no other of this person or with one of these ids is under way.
  ///
  /// Throws what a round before came to grief of.
  func submit(_ round: RoundToLoad, run: OpenRun, _ audit: RunAudit) throws {
    let job = Job(round: round, run: run, audit: audit, claim: Claim(round))
    let needsWriter = try board.wait { board throws -> Bool? in
      try board.check()
      guard board.claims.count < limit, !board.claims.contains(where: job.claim.meets) else {
        return nil
      }
      return board.writers <= board.claims.count
    }
    // Only the reader adds rounds: what was free stays so, and nothing waits for a writer that could not be had.
    if needsWriter { try startWriter() }
    board.with { board in
      board.claims.append(job.claim)
      board.waiting.append(job)
    }
  }

  /// Throws what a round came to grief of.
  func check() throws { try board.with { try $0.check() } }

  /// Waits until nothing is under way; throws what a round came to grief of.
  func finish() throws {
    try board.wait { board throws -> Void? in
      guard board.claims.isEmpty else { return nil }
      return try board.check()
    }
  }

  /// Lets all connections go, once what is under way is done.
  func close() {
    board.with { $0.isClosed = true }
    board.wait { $0.writers == 0 ? () : nil }
  }

  /// What was done since this was asked last.
  func takeDone() -> Done {
    board.with { board in
      defer { board.done = Done() }
      return board.done
    }
  }
}

// MARK: - What is under way

extension RoundWriters {
  struct Done {
    var rounds = 0
    var tally = Tally()
  }

  /// What a round touches on that another may touch on, too.
  private final class Claim {
    private let user: ExactText
    private let ids: Set<Hash128>

    init(_ round: RoundToLoad) {
      user = ExactText(round.user)
      ids = Set(round.pending.entries.lazy.map(\.id))
    }

    func meets(_ other: Claim) -> Bool {
      user == other.user || !ids.isDisjoint(with: other.ids)
    }
  }

  private struct Job {
    let round: RoundToLoad
    let run: OpenRun
    let audit: RunAudit
    let claim: Claim
  }

  /// What the reader and the writers tell one another.
  private struct Board {
    var writers = 0
    var waiting: [Job] = []
    /// Of all rounds that wait or are being written.
    var claims: [Claim] = []
    var done = Done()
    var failure: (any Error)?
    var accessToken: String?
    var isClosed = false

    func check() throws { if let failure { throw failure } }

    mutating func close(_ job: Job, _ result: Result<Tally, any Error>) {
      claims.removeAll { $0 === job.claim }
      switch result {
      case .success(let tally):
        done.tally += tally
        if job.round.record != nil { done.rounds += 1 }
      case .failure(let error): failure = failure ?? error
      }
    }
  }
}

// MARK: - Writers

extension RoundWriters {
  private func startWriter() throws {
    board.with { $0.writers += 1 }
    let isStarted = makeThread { [board, makeDatabase] in
      Self.write(board, makeDatabase())
      board.with { $0.writers -= 1 }
    }
    guard !isStarted else { return }
    let others = board.with { board in
      board.writers -= 1
      return board.writers
    }
    guard others > 0 else {
      throw Failure(
        .unavailable, "the system has no thread to give", hint: "--connections 1 does without")
    }
  }

  /// What a writer does until the board is closed.
  private static func write(_ board: Monitor<Board>, _ database: Retrying) {
    var token: String?
    while let (job, newToken) = next(board) {
      let result = Result {
        if let newToken, newToken != token { try database.use(accessToken: newToken) }
        token = newToken
        return try database.load(job.round, run: job.run, job.audit)
      }
      board.with { $0.close(job, result) }
    }
  }

  /// The next job, or nil when there will be none.
  private static func next(_ board: Monitor<Board>) -> (Job, accessToken: String?)? {
    board.wait { board -> (Job, accessToken: String?)?? in
      if board.waiting.isEmpty { return board.isClosed ? .some(nil) : nil }
      return (board.waiting.removeFirst(), board.accessToken)
    }
  }
}
