import Database
import ODBC
import Records
import Schema

/// Where reading a slice of a calendar stands.
struct SliceState: Equatable {
  var mail: String?
  var mode: String?
  var deltaLink: String?
  var lastFullAt: String?
  var lastRoundAt: String?
}

extension Session {
  /// The slice's number; one is given where the database doesn't know the slice yet.
  func slice(
    _ key: CalendarKey, _ window: RoundRecord.Window, now: String
  ) throws(ODBCError) -> Int {
    if let found = try findSlice(key, window) { return found }
    let insert = try database.connection.kept(
      """
      INSERT INTO sync_state
        (user_id, calendar_id, window_start, window_end, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    let texts = [key.user, key.calendar, window.start, window.end, now, now]
    for (index, text) in texts.enumerated() { try insert.set(index, text) }
    try insert.execute()
    return try findSlice(key, window) ?? 0
  }

  private func findSlice(
    _ key: CalendarKey, _ window: RoundRecord.Window
  ) throws(ODBCError) -> Int? {
    let statement = try database.connection.kept(
      """
      SELECT slice_id FROM sync_state
      WHERE user_id = ? AND calendar_id = ? AND window_start = ? AND window_end = ?
      """)
    try statement.bind(columns: [.integer])
    for (index, text) in [key.user, key.calendar, window.start, window.end].enumerated() {
      try statement.set(index, text)
    }
    try statement.execute()
    guard try statement.next() else { return nil }
    return statement.integer(0)
  }

  /// Notes that a round was loaded whole, unless the same was noted before.
  func close(
    _ slice: Int, _ round: RoundRecord, run: Int, now: String
  ) throws(ODBCError) {
    let before = try state(of: slice)
    var after = before
    after.mail = round.mail ?? before.mail
    after.mode = round.mode.rawValue
    after.deltaLink = round.deltaLink
    let finishedAt = round.finishedAt.isEmpty ? streamTime(now) : round.finishedAt
    after.lastRoundAt = finishedAt
    if round.mode == .full { after.lastFullAt = finishedAt }
    guard after != before else { return }
    let statement = try database.connection.kept(
      """
      UPDATE sync_state SET mail = ?, mode = ?, delta_link = ?, last_full_at = ?,
        last_round_at = ?, updated_at = ?, run_id = ?
      WHERE slice_id = ?
      """)
    let texts = [
      after.mail, after.mode, after.deltaLink, after.lastFullAt, after.lastRoundAt, now,
    ]
    for (index, text) in texts.enumerated() { try statement.set(index, text) }
    try statement.set(6, run)
    try statement.set(7, slice)
    try statement.execute()
  }

  private func state(of slice: Int) throws(ODBCError) -> SliceState {
    let statement = try database.connection.kept(
      """
      SELECT mode, last_full_at, last_round_at, \(dialect.exact("mail")),
        \(dialect.exact("delta_link"))
      FROM sync_state WHERE slice_id = ?
      """)
    try statement.bind(columns: [.text(8), .text(40), .text(40), .exactText, .exactText])
    try statement.set(0, slice)
    try statement.execute()
    guard try statement.next() else { return SliceState() }
    return SliceState(
      mail: statement.text(3), mode: statement.text(0), deltaLink: statement.text(4),
      lastFullAt: statement.text(1), lastRoundAt: statement.text(2))
  }
}
