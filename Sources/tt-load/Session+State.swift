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

/// A window of a calendar that is read again and again.
struct Slice {
  let number: Int
  var state = SliceState()
  /// Nothing was ever loaded of it: it holds no events.
  var isNew = false
}

extension Session {
  /// The slice and where reading it stands; it is made where the database doesn't know it yet.
  func slice(
    _ key: CalendarKey, _ window: RoundRecord.Window, now: String
  ) throws(ODBCError) -> Slice {
    if let found = try findSlice(key, window) { return found }
    let columns = [
      "user_id", "calendar_id", "window_start", "window_end", "created_at", "updated_at",
    ]
    let number = try insert(
      [key.user, key.calendar, window.start, window.end, now, now], columns, "sync_state",
      key: "slice_id")
    return Slice(number: number, isNew: true)
  }

  /// Adds a row and returns the number that the database gives it.
  func insert(
    _ values: [String?], _ columns: [String], _ table: String, key: String
  ) throws(ODBCError) -> Int {
    let into = "INSERT INTO \(table) (\(columns.joined(separator: ", ")))"
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    // SQLite's driver takes what begins with INSERT for a statement without an answer.
    let statement = try database.connection.kept(
      dialect == .sqlite
        ? "WITH t(x) AS (SELECT 1) \(into) SELECT \(marks) FROM t RETURNING \(key)"
        : "\(into) VALUES (\(marks)); SELECT CAST(SCOPE_IDENTITY() AS BIGINT)")
    try statement.bind(columns: [.integer])
    for (index, value) in values.enumerated() { try statement.set(index, value) }
    try statement.execute()
    return try statement.next() ? statement.integer(0) ?? 0 : 0
  }

  private func findSlice(
    _ key: CalendarKey, _ window: RoundRecord.Window
  ) throws(ODBCError) -> Slice? {
    let statement = try database.connection.kept(
      """
      SELECT slice_id, mode, last_full_at, last_round_at, \(dialect.exact("mail")),
        \(dialect.exact("delta_link"))
      FROM sync_state
      WHERE user_id = ? AND calendar_id = ? AND window_start = ? AND window_end = ?
      """)
    try statement.bind(
      columns: [.integer, .text(8), .text(40), .text(40), .exactText, .exactText])
    for (index, text) in [key.user, key.calendar, window.start, window.end].enumerated() {
      try statement.set(index, text)
    }
    try statement.execute()
    guard try statement.next(), let number = statement.integer(0) else { return nil }
    return Slice(
      number: number,
      state: SliceState(
        mail: statement.text(4), mode: statement.text(1), deltaLink: statement.text(5),
        lastFullAt: statement.text(2), lastRoundAt: statement.text(3)))
  }

  /// Notes that a round was loaded whole, unless the same was noted before.
  func close(
    _ slice: Slice, _ round: RoundRecord, run: Int?, now: String
  ) throws(ODBCError) {
    var after = slice.state
    after.mail = round.mail ?? after.mail
    after.mode = round.mode.rawValue
    after.deltaLink = round.deltaLink
    let finishedAt = round.finishedAt.isEmpty ? streamTime(now) : round.finishedAt
    after.lastRoundAt = finishedAt
    if round.mode == .full { after.lastFullAt = finishedAt }
    guard after != slice.state else { return }
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
    try statement.set(7, slice.number)
    try statement.execute()
  }
}
