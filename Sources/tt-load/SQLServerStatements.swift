import Schema

/// SQL Server's statements of a round: rows go from a JSON parameter into a temporary table of the connection, a
/// thousand at a time, and everything else is done to whole sets, in few statements, since each is a way over the
/// network.
///
/// Each row in JSON says how many bytes its texts have, and only rows that came out so are taken: a server that
/// reads JSON otherwise gets the rest as parameters.
///
/// A round leaves the temporary tables empty, and so does one that is rolled back.
///
/// The tables are sought by key, in loops over the staged rows, and never scanned: hints see to it even where a table
/// is so small that a scan costs less, since a scan waits for the rows of other mailboxes that are being written. Text
/// keys are compared with their length, since SQL Server ignores trailing spaces.
enum SQLServerStatements {
  /// What a round says once, for all its rows.
  static let shared: [EventColumn] = [.userID, .userName, .calendarID]
  /// What each staged row says.
  static let columns = EventColumn.allCases.filter { !shared.contains($0) }

  static let temporaryTables = [
    """
    CREATE TABLE #event (
      seq INT NOT NULL PRIMARY KEY,
      \(columns.map { "\($0.name) \(type($0.kind)) NULL" }.joined(separator: ",\n  ")),
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
      clear, truncate, probe, textWidth, sum, held, stage, stageOne, staged, find, addLinks, change,
      findPurged, add, link, hold, join, lose, addLeaving, addOneLeaving, loseLeaving, clearLeaving,
      leave, loseUnheld, loseAdopted, lockLost, bury,
    ]

  static let clear = "DELETE FROM #event; DELETE FROM #link; DELETE FROM #lost"
  static let truncate = "TRUNCATE TABLE #event; TRUNCATE TABLE #link; TRUNCATE TABLE #lost"

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

  /// Fails where the server, or the compatibility level of the database, is older than what rounds need.
  static let probe = """
    SELECT TRANSLATE(j.a, N'a', N'b') FROM OPENJSON(N'[["a"]]') WITH (a NVARCHAR(8) '$[0]') j
    """

  /// Two where the server counts a text in UTF-16; engines that only speak its language may count UTF-8.
  static let textWidth = "SELECT CAST(DATALENGTH(N'a') AS BIGINT)"

  /// What a slice's events come to.
  ///
  /// Parameter: slice.
  static let sum = """
    SELECT \(ContentSum.columns)
    FROM sync_state_event m
    INNER LOOP JOIN calendar_event e WITH (FORCESEEK) ON e.event_key = m.event_key
    WHERE m.slice_id = ?
    """

  /// A slice's events and the hashes of those that count.
  ///
  /// Parameter: slice.
  static let held = """
    SELECT m.event_key, CASE WHEN e.is_deleted = 0 THEN e.content_hash END
    FROM sync_state_event m
    INNER LOOP JOIN calendar_event e WITH (FORCESEEK) ON e.event_key = m.event_key
    WHERE m.slice_id = ? ORDER BY m.event_key
    """

  private static let names = columns.map(\.name).joined(separator: ", ")

  private static func names(of row: String) -> String {
    columns.map { "\(row).\($0.name)" }.joined(separator: ", ")
  }

  /// Parameters: rows that are arrays: seq, the columns in their order, the hash, the bytes of all texts; what stands
  /// in coded text; what it stands for.
  static let stage = """
    INSERT INTO #event (seq, \(names), content_hash, differs)
    SELECT i.seq, \(columns.map(decoded).joined(separator: ", ")), i.content_hash, 1
    FROM OPENJSON(?) WITH (
      seq INT '$[0]',
      \(columns.enumerated()
        .map { "\($1.name) \(jsonType($1.kind)) '$[\($0 + 1)]'" }.joined(separator: ",\n  ")),
      content_hash BIGINT '$[\(columns.count + 1)]',
      bytes BIGINT '$[\(columns.count + 2)]') i
    CROSS JOIN (SELECT CAST(? AS NVARCHAR(8)) AS coded, CAST(? AS NVARCHAR(8)) AS plain) c
    WHERE i.bytes = \(columns.filter(\.kind.isText)
      .map { "COALESCE(DATALENGTH(\(decoded($0))), 0)" }.joined(separator: " + "))
    """

  /// Columns whose texts are coded in JSON: those that people write.
  static func isCoded(_ column: EventColumn) -> Bool {
    switch column {
    case .subject, .description, .location, .organizer: true
    default: false
    }
  }

  private static func decoded(_ column: EventColumn) -> String {
    guard isCoded(column) else { return "i.\(column.name)" }
    return "TRANSLATE(i.\(column.name) COLLATE Latin1_General_BIN2, c.coded, c.plain)"
  }

  private static func jsonType(_ kind: EventColumn.Kind) -> String {
    if case .identifier(let units) = kind { return "NVARCHAR(\(units))" }
    return type(kind)
  }

  /// Parameters: seq, the columns in their order, the hash.
  static let stageOne = """
    INSERT INTO #event (seq, \(names), content_hash, differs)
    SELECT CAST(? AS INT),
      \(columns.map(parameter).joined(separator: ", ")),
      CAST(? AS BIGINT), 1
    """

  static let staged = "SELECT CAST(seq AS BIGINT) FROM #event"

  /// The events that are there already, beside the staged rows of the same id.
  private static let stagedAndThere = """
    FROM #event s
    INNER LOOP JOIN calendar_event e WITH (FORCESEEK)
      ON e.event_id = s.event_id AND e.event_id_length = DATALENGTH(s.event_id)
    """

  /// The rows that differ from what is there, with the keys of those that are there; `differs` is 2 for those that
  /// are another person's there.
  ///
  /// Parameter: user.
  static let find = """
    UPDATE s SET
      event_key = e.event_key,
      differs = CASE WHEN e.is_deleted = 1 THEN 1 WHEN e.content_hash = s.content_hash THEN 0
        WHEN e.user_id <> \(parameter(.userID)) THEN 2 ELSE 1 END
    \(stagedAndThere);
    SELECT CAST(seq AS BIGINT), event_key, CAST(differs AS BIGINT) FROM #event
    WHERE differs > 0 ORDER BY seq
    """

  /// Parameter: `[[seq,category],…]`.
  static let addLinks = """
    INSERT INTO #link (seq, category_id)
    SELECT seq, category_id FROM OPENJSON(?)
    WITH (seq INT '$[0]', category_id INT '$[1]')
    """

  private static let sharedNames = shared.map(\.name).joined(separator: ", ")

  private static func parameter(_ column: EventColumn) -> String {
    "CAST(? AS \(jsonType(column.kind)))"
  }

  /// Changes rows that differ, and takes links away that they have no more.
  ///
  /// Parameters: the shared columns in their order, moment.
  static let change = """
    UPDATE e SET
      \(columns.map { "\($0.name) = s.\($0.name)" }.joined(separator: ", ")),
      \(shared.map { "\($0.name) = \(parameter($0))" }.joined(separator: ", ")),
      content_hash = s.content_hash, is_deleted = 0, updated_at = ?
    FROM #event s
    INNER LOOP JOIN calendar_event e ON e.event_key = s.event_key
    WHERE s.differs > 0;
    DELETE l
    FROM #event s
    INNER LOOP JOIN calendar_event_calendar_category l ON l.event_key = s.event_key
    WHERE s.differs > 0 AND NOT EXISTS (
      SELECT 1 FROM #link k WHERE k.seq = s.seq AND k.category_id = l.category_id)
    """

  /// Rows that were purged since they were found are new.
  ///
  /// Of a round with a slice they break a foreign key, and the whole round is loaded again.
  static let findPurged = """
    UPDATE s SET event_key = NULL
    FROM #event s
    WHERE s.event_key IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM calendar_event e WITH (FORCESEEK) WHERE e.event_key = s.event_key)
    """

  /// Adds rows that aren't there.
  ///
  /// Parameters: the shared columns in their order, moment, moment.
  static let add = """
    INSERT INTO calendar_event
      (\(names), \(sharedNames), content_hash, is_deleted, created_at, updated_at)
    SELECT \(names(of: "s")), \(shared.map(parameter).joined(separator: ", ")),
      s.content_hash, 0, ?, ?
    FROM #event s
    WHERE s.event_key IS NULL ORDER BY s.seq;
    UPDATE s SET event_key = e.event_key
    \(stagedAndThere)
    WHERE s.event_key IS NULL
    """

  /// The hint holds for the checks of foreign keys, too.
  ///
  /// Parameters: moment, moment.
  static let link = """
    INSERT INTO calendar_event_calendar_category
      (event_key, category_id, event_id, created_at, updated_at)
    SELECT s.event_key, k.category_id, s.event_id, ?, ?
    FROM #link k
    INNER JOIN #event s ON s.seq = k.seq
    WHERE NOT EXISTS (
      SELECT 1 FROM calendar_event_calendar_category l
      WHERE l.event_key = s.event_key AND l.category_id = k.category_id)
    ORDER BY s.event_key OPTION (LOOP JOIN)
    """

  /// Takes hold of events that are there as the round has them and not in its slice yet: another round that loses one
  /// waits until it is, and one that has buried it is made up for.
  ///
  /// Parameters: moment, slice.
  static let hold = """
    UPDATE e SET updated_at = CASE e.is_deleted WHEN 0 THEN e.updated_at ELSE ? END, is_deleted = 0
    FROM #event s
    INNER LOOP JOIN calendar_event e ON e.event_key = s.event_key
    WHERE s.differs = 0 AND NOT EXISTS (
      SELECT 1 FROM sync_state_event m WITH (FORCESEEK)
      WHERE m.slice_id = ? AND m.event_key = s.event_key)
    """

  /// Parameters: slice, slice.
  static let join = """
    INSERT INTO sync_state_event (slice_id, event_key)
    SELECT CAST(? AS BIGINT), s.event_key FROM #event s
    WHERE s.event_key IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM sync_state_event m WHERE m.slice_id = ? AND m.event_key = s.event_key)
    ORDER BY s.event_key OPTION (LOOP JOIN)
    """

  /// What a full round's slice held, of which only the events of the round stay.
  ///
  /// Parameter: `[[key],…]`.
  static let lose = """
    INSERT INTO #lost (event_key)
    SELECT j.event_key FROM OPENJSON(?) WITH (event_key BIGINT '$[0]') j
    WHERE NOT EXISTS (SELECT 1 FROM #event s WHERE s.event_key = j.event_key)
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
    INNER LOOP JOIN calendar_event e WITH (FORCESEEK) ON e.event_key = m.event_key
    WHERE m.slice_id = ?
      AND (EXISTS (SELECT 1 FROM #leaving l WHERE l.event_id = e.series_master_id
            AND DATALENGTH(l.event_id) = DATALENGTH(e.series_master_id))
        OR EXISTS (SELECT 1 FROM #leaving l WHERE l.event_id = e.event_id
            AND DATALENGTH(l.event_id) = e.event_id_length))
      AND NOT EXISTS (SELECT 1 FROM #event s WHERE s.event_key = m.event_key)
    """

  static let clearLeaving = "DELETE FROM #leaving"

  /// Parameter: slice.
  static let leave = """
    DELETE m
    FROM #lost l
    INNER LOOP JOIN sync_state_event m ON m.event_key = l.event_key AND m.slice_id = ?
    """

  /// Rows of this calendar in no slice that lie wholly inside the window; all-day rows a day
  /// further in, since their borders depend on a zone.
  ///
  /// The round's own events have joined their slice before.
  ///
  /// Parameters: user, calendar, start twice, end twice.
  static let loseUnheld = """
    INSERT INTO #lost (event_key)
    SELECT e.event_key FROM calendar_event e WITH (FORCESEEK)
    WHERE e.user_id = ? AND e.calendar_id = ? AND e.is_deleted = 0
      AND e.start_date >= CASE e.is_all_day WHEN 0 THEN CAST(? AS DATETIME2(7))
        ELSE DATEADD(DAY, 1, CAST(? AS DATETIME2(7))) END
      AND e.end_date <= CASE e.is_all_day WHEN 0 THEN CAST(? AS DATETIME2(7))
        ELSE DATEADD(DAY, -1, CAST(? AS DATETIME2(7))) END
      AND NOT EXISTS (
        SELECT 1 FROM sync_state_event m WITH (FORCESEEK) WHERE m.event_key = e.event_key)
      AND NOT EXISTS (SELECT 1 FROM #lost l WHERE l.event_key = e.event_key)
    """

  /// Rows that an earlier program left for this person and the window.
  ///
  /// Parameters: mail, end, start.
  static let loseAdopted = """
    INSERT INTO #lost (event_key)
    SELECT e.event_key FROM calendar_event e WITH (FORCESEEK)
    WHERE e.user_id IS NULL AND LOWER(e.user_email) = LOWER(?) AND e.is_deleted = 0
      AND e.start_date < CAST(? AS DATETIME2(7)) AND e.end_date > CAST(? AS DATETIME2(7))
      AND NOT EXISTS (SELECT 1 FROM #event s WHERE s.event_key = e.event_key)
      AND NOT EXISTS (SELECT 1 FROM #lost l WHERE l.event_key = e.event_key)
    """

  private static let lostAndThere = """
    FROM #lost l
    INNER LOOP JOIN calendar_event e ON e.event_key = l.event_key
    WHERE e.is_deleted = 0
    """

  /// Waits for whoever is giving one of the events to another slice just now.
  ///
  /// Under row versioning a statement sees what was there when it began, so the one after this looks for members.
  static let lockLost = "UPDATE e SET is_deleted = e.is_deleted \(lostAndThere)"

  /// Parameter: moment.
  static let bury = """
    UPDATE e SET is_deleted = 1, updated_at = ?
    \(lostAndThere)
      AND NOT EXISTS (
        SELECT 1 FROM sync_state_event m WITH (FORCESEEK) WHERE m.event_key = e.event_key)
    """
}
