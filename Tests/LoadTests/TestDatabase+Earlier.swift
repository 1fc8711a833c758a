extension TestDatabase {
  private static let earlierColumns = """
    user_email NVARCHAR(255), user_name NVARCHAR(255), subject NVARCHAR(255),
    description NVARCHAR(4000), start_date DATETIME, end_date DATETIME, last_modified DATETIME,
    is_deleted BIT DEFAULT 0, created_at DATETIME, updated_at DATETIME
    """

  private static func earlierTables(_ engine: Engine) -> [String] {
    let id = "event_id NVARCHAR(255) \(engine == .sqlite ? "COLLATE NOCASE " : "")NOT NULL"
    let number =
      engine == .sqlite
      ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "INT IDENTITY(1, 1) NOT NULL PRIMARY KEY"
    let computed = ["PROJECT", "ACTIVITY"].map { marker in
      let name = "is_\(marker.lowercased())"
      return engine == .sqlite
        ? "\(name) BIT GENERATED ALWAYS AS (instr(name, '[\(marker)]') > 0)"
        : "\(name) AS CAST(CASE WHEN CHARINDEX('[\(marker)]', name) > 0 THEN 1 ELSE 0 END AS BIT)"
    }
    return [
      "CREATE TABLE calendar_event (\(id) PRIMARY KEY, \(earlierColumns))",
      """
      CREATE TABLE calendar_category (category_id \(number), name NVARCHAR(255) NOT NULL,
        \(computed.joined(separator: ", ")), created_at DATETIME, updated_at DATETIME)
      """,
      """
      CREATE TABLE calendar_event_calendar_category (\(id), category_id INT NOT NULL,
        created_at DATETIME, updated_at DATETIME, PRIMARY KEY (event_id, category_id),
        FOREIGN KEY (event_id) REFERENCES calendar_event (event_id) ON DELETE CASCADE,
        FOREIGN KEY (category_id) REFERENCES calendar_category (category_id))
      """,
    ]
  }

  private static let earlierRows = [
    "INSERT INTO calendar_category (name) VALUES ('[PROJECT] Acme'), ('Plain'), ('plain')",
    """
    INSERT INTO calendar_event (event_id, user_email, user_name, subject, start_date, end_date,
      is_deleted, created_at) VALUES
      ('AAMkA=', 'ada@x.test', 'Ada', 'Old', '2026-10-01 08:00:00.997', '2026-10-01 09:30:00.997',
        0, '2015-03-01 12:00:00'),
      ('B', 'bob@x.test', NULL, NULL, NULL, NULL, 1, NULL)
    """,
    """
    INSERT INTO calendar_event_calendar_category (event_id, category_id)
    VALUES ('aamka=', 1), ('AAMkA=', 2), ('B', 3)
    """,
  ]

  /// A database of its own with the earlier program's tables and some rows.
  convenience init(earlierOn engine: Engine) throws {
    try self.init(engine)
    for statement in Self.earlierTables(engine) + Self.earlierRows { try execute(statement) }
  }
}
