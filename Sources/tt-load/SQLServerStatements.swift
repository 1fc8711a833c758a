import Schema

/// SQL Server's statements of a round: ids and hashes are staged in temporary tables of the connection, the rows
/// that differ go from a JSON parameter straight into the table, a thousand at a time, and everything else is done
/// to whole sets.
///
/// Each row in JSON says how many bytes its texts have, and only rows that came out so are taken: a server that
/// reads JSON otherwise gets the rest as parameters.
///
/// Joins to the tables are loops over the staged rows, so that no row of another mailbox is ever locked. Text keys
/// are compared with their length, since SQL Server ignores trailing spaces.
enum SQLServerStatements {
  private static let columns = EventColumn.allCases

  static let temporaryTables = [
    """
    CREATE TABLE #seen (
      seq INT NOT NULL PRIMARY KEY,
      event_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
      content_hash BIGINT NOT NULL,
      event_key BIGINT NULL,
      differs INT NOT NULL
    )
    """,
    """
    CREATE TABLE #link (
      seq INT NOT NULL,
      category_id INT NOT NULL,
      PRIMARY KEY (seq, category_id)
    )
    """,
    """
    CREATE TABLE #leaving (
      event_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL
    )
    """,
    "CREATE TABLE #lost (event_key BIGINT NOT NULL PRIMARY KEY)",
  ]

  /// All of them, to be looked at.
  static let all =
    temporaryTables + [
      clear, textWidth, sum, held, see, seeOne, find, different, update, updateOne, insert,
      insertOne,
      addLinks, unlink, link, join, lose, addLeaving, addOneLeaving, loseLeaving, leave, loseUnheld,
      loseAdopted, bury,
    ]

  static let clear = "DELETE FROM #seen; DELETE FROM #link; DELETE FROM #leaving; DELETE FROM #lost"

  private static func type(_ kind: EventColumn.Kind) -> String {
    switch kind {
    case .identifier(let units): "NVARCHAR(\(units)) COLLATE Latin1_General_BIN2"
    case .text(let units): "NVARCHAR(\(units))"
    case .longText: "NVARCHAR(MAX)"
    case .time: "DATETIME2(7)"
    case .flag: "BIT"
    case .decimal: "DECIMAL(14, 4)"
    }
  }

  /// Two where the server counts a text in UTF-16; engines that only speak its language may count UTF-8.
  static let textWidth = "SELECT CAST(DATALENGTH(N'a') AS BIGINT)"

  /// What a slice's events come to.
  ///
  /// Parameter: slice.
  static let sum = """
    SELECT \(ContentSum.columns)
    FROM sync_state_event m
    INNER JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ?
    """

  /// A slice's events and the hashes of those that count.
  ///
  /// Parameter: slice.
  static let held = """
    SELECT m.event_key, CASE WHEN e.is_deleted = 0 THEN e.content_hash END
    FROM sync_state_event m
    INNER JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ? ORDER BY m.event_key
    """

  /// Parameter: `[[seq,"id",hash,bytes],…]`.
  static let see = """
    INSERT INTO #seen (seq, event_id, content_hash, differs)
    SELECT seq, event_id, content_hash, 1 FROM OPENJSON(?)
    WITH (seq INT '$[0]', event_id NVARCHAR(400) '$[1]', content_hash BIGINT '$[2]', bytes INT '$[3]')
    WHERE DATALENGTH(event_id) = bytes
    """

  /// Parameters: seq, id, hash, seq.
  static let seeOne = """
    INSERT INTO #seen (seq, event_id, content_hash, differs)
    SELECT CAST(? AS INT), ?, ?, 1 WHERE NOT EXISTS (SELECT 1 FROM #seen WHERE seq = ?)
    """

  /// Finds the rows that are there already, and whether they differ.
  static let find = """
    UPDATE s SET
      event_key = e.event_key,
      differs = CASE WHEN e.content_hash = s.content_hash AND e.is_deleted = 0 THEN 0 ELSE 1 END
    FROM #seen s
    INNER LOOP JOIN calendar_event e
      ON e.event_id = s.event_id AND e.event_id_length = DATALENGTH(s.event_id)
    WHERE s.differs = 1
    """

  static let different = """
    SELECT CAST(seq AS BIGINT), event_key FROM #seen WHERE differs = 1 ORDER BY seq
    """

  private static let texts = columns.filter(\.kind.isText)

  /// How statements read rows that are arrays: the columns in their order, the hash, the key, the bytes of all texts.
  private static let jsonRows = """
    OPENJSON(?) WITH (
      \(columns.map { "\($0.name) \(jsonType($0.kind)) '$[\($0.rawValue)]'" }
        .joined(separator: ",\n  ")),
      content_hash BIGINT '$[\(columns.count)]',
      event_key BIGINT '$[\(columns.count + 1)]',
      bytes BIGINT '$[\(columns.count + 2)]') i
    """
  private static let isExact = """
    WHERE i.bytes = \(texts.map { "COALESCE(DATALENGTH(i.\($0.name)), 0)" }
      .joined(separator: " + "))
    """

  /// How statements read one row of parameters: the columns in their order, the hash, the key.
  private static let oneRow = """
    (SELECT \(columns.map { "CAST(? AS \(jsonType($0.kind))) AS \($0.name)" }
      .joined(separator: ", ")),
      CAST(? AS BIGINT) AS content_hash, CAST(? AS BIGINT) AS event_key) i
    """

  private static func jsonType(_ kind: EventColumn.Kind) -> String {
    if case .identifier(let units) = kind { return "NVARCHAR(\(units))" }
    return type(kind)
  }

  /// Parameters: moment, rows.
  static let update = "\(update(from: jsonRows)) \(isExact)"
  /// Parameters: moment, the row.
  static let updateOne = update(from: oneRow)

  private static func update(from rows: String) -> String {
    """
    UPDATE e SET
      \(columns.map { "\($0.name) = i.\($0.name)" }.joined(separator: ", ")),
      content_hash = i.content_hash, is_deleted = 0, updated_at = ?
    FROM \(rows)
    INNER LOOP JOIN calendar_event e ON e.event_key = i.event_key
    """
  }

  /// Parameters: moment, moment, rows.
  static let insert = "\(insert(from: jsonRows)) \(isExact)"
  /// Parameters: moment, moment, the row.
  static let insertOne = insert(from: oneRow)

  private static func insert(from rows: String) -> String {
    """
    INSERT INTO calendar_event (\(columns.map(\.name).joined(separator: ", ")),
      content_hash, is_deleted, created_at, updated_at)
    SELECT \(columns.map { "i.\($0.name)" }.joined(separator: ", ")), i.content_hash, 0, ?, ?
    FROM \(rows)
    """
  }

  /// Parameter: `[[seq,category],…]`.
  static let addLinks = """
    INSERT INTO #link (seq, category_id)
    SELECT seq, category_id FROM OPENJSON(?)
    WITH (seq INT '$[0]', category_id INT '$[1]')
    """

  /// Takes links away that events had before; those that are new have no key yet.
  static let unlink = """
    DELETE l
    FROM #seen s
    INNER LOOP JOIN calendar_event_calendar_category l ON l.event_key = s.event_key
    WHERE s.differs = 1 AND NOT EXISTS (
      SELECT 1 FROM #link k WHERE k.seq = s.seq AND k.category_id = l.category_id)
    """

  /// Parameters: moment, moment.
  static let link = """
    INSERT INTO calendar_event_calendar_category
      (event_key, category_id, event_id, created_at, updated_at)
    SELECT s.event_key, k.category_id, s.event_id, ?, ?
    FROM #link k
    INNER JOIN #seen s ON s.seq = k.seq
    WHERE NOT EXISTS (
      SELECT 1 FROM calendar_event_calendar_category l
      WHERE l.event_key = s.event_key AND l.category_id = k.category_id)
    ORDER BY s.event_key
    """

  /// Parameters: slice, slice.
  static let join = """
    INSERT INTO sync_state_event (slice_id, event_key)
    SELECT CAST(? AS BIGINT), s.event_key FROM #seen s
    WHERE s.event_key IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM sync_state_event m WHERE m.slice_id = ? AND m.event_key = s.event_key)
    ORDER BY s.event_key
    """

  /// What a full round's slice held, of which only the events of the round stay.
  ///
  /// Parameter: `[[key],…]`.
  static let lose = """
    INSERT INTO #lost (event_key)
    SELECT j.event_key FROM OPENJSON(?) WITH (event_key BIGINT '$[0]') j
    WHERE NOT EXISTS (SELECT 1 FROM #seen s WHERE s.event_key = j.event_key)
    """

  /// Parameter: `[["id",bytes],…]`.
  static let addLeaving = """
    INSERT INTO #leaving (event_id)
    SELECT event_id FROM OPENJSON(?) WITH (event_id NVARCHAR(400) '$[0]', bytes INT '$[1]')
    WHERE DATALENGTH(event_id) = bytes
    """

  /// Parameter: id.
  static let addOneLeaving = "INSERT INTO #leaving (event_id) VALUES (?)"

  /// The slice's members that are one of the ids in `#leaving`, or an occurrence of it.
  ///
  /// Parameter: slice.
  static let loseLeaving = """
    INSERT INTO #lost (event_key)
    SELECT m.event_key FROM sync_state_event m
    INNER JOIN calendar_event e ON e.event_key = m.event_key
    WHERE m.slice_id = ?
      AND (EXISTS (SELECT 1 FROM #leaving l WHERE l.event_id = e.series_master_id
            AND DATALENGTH(l.event_id) = DATALENGTH(e.series_master_id))
        OR EXISTS (SELECT 1 FROM #leaving l WHERE l.event_id = e.event_id
            AND DATALENGTH(l.event_id) = e.event_id_length))
      AND NOT EXISTS (SELECT 1 FROM #seen s WHERE s.event_key = m.event_key)
    """

  /// Parameter: slice.
  static let leave = """
    DELETE m
    FROM #lost l
    INNER LOOP JOIN sync_state_event m ON m.event_key = l.event_key AND m.slice_id = ?
    """

  /// Rows of this calendar in no slice that lie wholly inside the window; all-day rows a day
  /// further in, since their borders depend on a zone.
  ///
  /// Parameters: user, calendar, start twice, end twice.
  static let loseUnheld = """
    INSERT INTO #lost (event_key)
    SELECT e.event_key FROM calendar_event e
    WHERE e.user_id = ? AND e.calendar_id = ? AND e.is_deleted = 0
      AND e.start_date >= CASE e.is_all_day WHEN 0 THEN CAST(? AS DATETIME2(7))
        ELSE DATEADD(DAY, 1, CAST(? AS DATETIME2(7))) END
      AND e.end_date <= CASE e.is_all_day WHEN 0 THEN CAST(? AS DATETIME2(7))
        ELSE DATEADD(DAY, -1, CAST(? AS DATETIME2(7))) END
      AND NOT EXISTS (SELECT 1 FROM sync_state_event m WHERE m.event_key = e.event_key)
      AND NOT EXISTS (SELECT 1 FROM #seen s WHERE s.event_key = e.event_key)
      AND NOT EXISTS (SELECT 1 FROM #lost l WHERE l.event_key = e.event_key)
    """

  /// Rows that an earlier program left for this person and the window.
  ///
  /// Parameters: mail, end, start.
  static let loseAdopted = """
    INSERT INTO #lost (event_key)
    SELECT e.event_key FROM calendar_event e
    WHERE e.user_id IS NULL AND LOWER(e.user_email) = LOWER(?) AND e.is_deleted = 0
      AND e.start_date < CAST(? AS DATETIME2(7)) AND e.end_date > CAST(? AS DATETIME2(7))
      AND NOT EXISTS (SELECT 1 FROM #seen s WHERE s.event_key = e.event_key)
      AND NOT EXISTS (SELECT 1 FROM #lost l WHERE l.event_key = e.event_key)
    """

  /// Parameter: moment.
  static let bury = """
    UPDATE e SET is_deleted = 1, updated_at = ?
    FROM #lost l
    INNER LOOP JOIN calendar_event e ON e.event_key = l.event_key
    WHERE e.is_deleted = 0
      AND NOT EXISTS (SELECT 1 FROM sync_state_event m WHERE m.event_key = e.event_key)
    """
}
