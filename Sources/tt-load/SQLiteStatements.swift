import Schema

/// SQLite's statements of a round.
///
/// The driver keeps a statement prepared only when its text begins with SELECT or WITH: hence the table of one row
/// in front of those that write.
enum SQLiteStatements {
  private static let prefix = "WITH t(x) AS (SELECT 1) "
  private static let columns = EventColumn.allCases.map(\.name)

  /// An event's key, its hash, whether it is deleted, whether it is another person's.
  ///
  /// Parameters: user, id.
  static let find = """
    SELECT event_key, content_hash, is_deleted, user_id <> ? FROM calendar_event WHERE event_id = ?
    """

  /// The highest key so far, also of events that somebody deleted in a shell without foreign keys, as SQLite's is by
  /// default: what was left of them belongs to no other event.
  static let lastKey = """
    SELECT MAX((SELECT COALESCE(MAX(event_key), 0) FROM calendar_event),
      (SELECT COALESCE(MAX(event_key), 0) FROM calendar_event_calendar_category),
      (SELECT COALESCE(MAX(event_key), 0) FROM sync_state_event))
    """

  /// Parameters: the moment, the columns in their order, the hash, the key.
  static let insert = """
    WITH t(now) AS (SELECT ?)
    INSERT INTO calendar_event (\(columns.joined(separator: ", ")),
      content_hash, event_key, is_deleted, created_at, updated_at)
    SELECT \(columns.map { _ in "?" }.joined(separator: ", ")), ?, ?, 0, now, now FROM t
    """

  /// Parameters as those of `insert`.
  static let update = """
    WITH t(now) AS (SELECT ?)
    UPDATE calendar_event SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")),
      content_hash = ?, is_deleted = 0, updated_at = (SELECT now FROM t) WHERE event_key = ?
    """

  /// Parameters: key, ids as a JSON array.
  static let unlink =
    prefix + """
      DELETE FROM calendar_event_calendar_category
      WHERE event_key = ? AND category_id NOT IN (SELECT value FROM json_each(?))
      """

  /// Parameters: key, event id, moment, moment, ids as a JSON array.
  static let link =
    prefix + """
      INSERT OR IGNORE INTO calendar_event_calendar_category
        (event_key, event_id, created_at, updated_at, category_id)
      SELECT ?, ?, ?, ?, value FROM json_each(?)
      """

  /// Parameters: moment, key, category, event id.
  static let linkNew = """
    WITH t(now) AS (SELECT ?)
    INSERT INTO calendar_event_calendar_category
      (event_key, category_id, event_id, created_at, updated_at)
    SELECT ?, ?, ?, now, now FROM t
    """

  /// What a slice's events come to.
  ///
  /// Parameter: slice.
  static let sum = """
    SELECT \(ContentSum.columns)
    FROM sync_state_event m JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ?
    """

  /// A slice's next events and the hashes of those that count.
  ///
  /// Parameters: slice, the last key that came.
  static let members = """
    SELECT m.event_key, CASE WHEN e.is_deleted = 0 THEN e.content_hash END
    FROM sync_state_event m JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ? AND m.event_key > ? ORDER BY m.event_key LIMIT 10000
    """

  static let join =
    prefix + """
      INSERT OR IGNORE INTO sync_state_event (slice_id, event_key) SELECT ?, ? FROM t
      """

  /// Parameters: slice, the last key before this round's.
  static let joinNew =
    prefix + """
      INSERT INTO sync_state_event (slice_id, event_key)
      SELECT ?, event_key FROM calendar_event WHERE event_key > ?
      """

  static let leave = prefix + "DELETE FROM sync_state_event WHERE slice_id = ? AND event_key = ?"

  /// Parameters: moment, key.
  static let bury =
    prefix + """
      UPDATE calendar_event SET is_deleted = 1, updated_at = ?
      WHERE event_key = ? AND is_deleted = 0
        AND NOT EXISTS (SELECT 1 FROM sync_state_event m
          WHERE m.event_key = calendar_event.event_key)
      """

  static let changes = "SELECT changes()"

  static let leavingTable =
    "CREATE TEMP TABLE leaving (event_id TEXT NOT NULL PRIMARY KEY)"
  static let clearLeaving = "DELETE FROM temp.leaving"
  static let addLeaving =
    prefix + """
      INSERT OR IGNORE INTO temp.leaving (event_id) SELECT ? FROM t
      """

  /// The slice's members that are one of these ids, or an occurrence of it.
  static let leavingMembers = """
    SELECT m.event_key FROM sync_state_event m
    JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ?
      AND (e.series_master_id IN (SELECT event_id FROM temp.leaving)
        OR e.event_id IN (SELECT event_id FROM temp.leaving))
    """

  /// Rows of this calendar in no slice that lie wholly inside the window; all-day rows a day
  /// further in, since their borders depend on a zone.
  ///
  /// Most rows are in a slice: indexes alone tell, so that few rows are read. Parameters: user, calendar, start
  /// twice, end twice.
  static let unheld = """
    SELECT e.event_key FROM calendar_event c
    JOIN calendar_event e ON e.event_key = c.event_key
    WHERE c.user_id = ? AND NOT EXISTS (
        SELECT 1 FROM sync_state_event m WHERE m.event_key = c.event_key)
      AND e.calendar_id = ? AND e.is_deleted = 0
      AND e.start_date >= CASE e.is_all_day WHEN 0 THEN ? ELSE datetime(?, '+1 day') END
      AND e.end_date <= CASE e.is_all_day WHEN 0 THEN ? ELSE datetime(?, '-1 day') END
    """

  /// Rows that an earlier program left for this person and the window.
  ///
  /// Parameters: mail, end, start.
  static let adopted = """
    SELECT event_key FROM calendar_event
    WHERE user_id IS NULL AND lower(user_email) = lower(?) AND is_deleted = 0
      AND start_date < ? AND end_date > ?
    """
}
