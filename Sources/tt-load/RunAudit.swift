import Console
import Database
import ODBC
import Schema

/// What this run of tt-load has done so far, as `sync_run` keeps it.
struct RunAudit: Equatable {
  enum Outcome: String {
    case running, done, cut, failed
    /// Some mailboxes, lines or rounds could not be used as they came.
    case incomplete
  }

  var streamRun: String?
  var rounds = 0
  var tally = Tally()
  var rejected = 0
  var errors = 0
}

/// The row of `sync_run` that a run has opened.
struct OpenRun: Equatable {
  let id: Int
  /// Numbers begin anew in tables that were dropped and made again; times don't.
  let startedAt: String
}

extension Session {
  /// Opens a row for a run.
  func openRun(
    _ audit: RunAudit, by person: String, now: String
  ) throws(ODBCError) -> OpenRun {
    let id = try insert(
      [audit.streamRun, person, productVersion, now, RunAudit.Outcome.running.rawValue],
      ["stream_run", "loaded_by", "tool_version", "started_at", "outcome"], "sync_run",
      key: "run_id")
    return OpenRun(id: id, startedAt: now)
  }

  /// Adds what a round came to, inside its transaction; a round whose commit was never answered is loaded again, and
  /// counts once more, as unchanged.
  ///
  /// `audit` is what was known when the round was handed over, and one that was handed over later may be in before.
  ///
  /// - Throws: A `Failure` where the row is gone: the tables are others than those that the session knows the
  ///   categories of.
  func count(_ tally: Tally, rounds: Int, run: OpenRun, _ audit: RunAudit) throws {
    try update(
      run,
      """
      stream_run = ?, rounds = rounds + ?, events_new = events_new + ?,
      events_changed = events_changed + ?, events_same = events_same + ?,
      events_deleted = events_deleted + ?,
      rejected = CASE WHEN rejected < ? THEN ? ELSE rejected END,
      errors = CASE WHEN errors < ? THEN ? ELSE errors END
      """,
      [audit.streamRun],
      [
        rounds, tally.new, tally.changed, tally.same, tally.deleted, audit.rejected,
        audit.rejected, audit.errors, audit.errors,
      ])
  }

  /// Writes all of the run's counts, and how it ended.
  ///
  /// - Throws: A `Failure` where the row is gone.
  func close(
    run: OpenRun, _ audit: RunAudit, _ outcome: RunAudit.Outcome, now: String
  ) throws {
    try update(
      run,
      """
      stream_run = ?, finished_at = ?, outcome = ?, rounds = ?, events_new = ?,
      events_changed = ?, events_same = ?, events_deleted = ?, rejected = ?, errors = ?
      """,
      [audit.streamRun, now, outcome.rawValue],
      [
        audit.rounds, audit.tally.new, audit.tally.changed, audit.tally.same,
        audit.tally.deleted, audit.rejected, audit.errors,
      ])
  }

  private func update(
    _ run: OpenRun, _ assignments: String, _ texts: [String?], _ numbers: [Int]
  ) throws {
    let statement = try database.connection.kept(
      """
      UPDATE sync_run SET \(assignments) WHERE run_id = ? AND started_at = \(dialect.time("?"))
      """)
    for (index, text) in texts.enumerated() { try statement.set(index, text) }
    let integers = numbers + [run.id]
    for (index, number) in integers.enumerated() { try statement.set(texts.count + index, number) }
    try statement.set(texts.count + integers.count, run.startedAt)
    try statement.execute()
    guard try statement.finishCounting() > 0 else {
      throw Failure(
        .unavailable,
        "this load's row \(run.id) of sync_run is gone (\(database.place)): the tables were dropped or"
          + " emptied meanwhile", hint: "run it again")
    }
  }
}
