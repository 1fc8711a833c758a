import Console
import Database
import ODBC
import Schema

/// Takes over the tables of the earlier program: its rows, categories and links move into the new tables.
///
/// That program kept ids in a column that ignores case and times as DATETIME, and computed its categories' columns.
/// Columns that somebody added are not ours to understand: their tables are kept beside the new ones.
struct Adoption {
  /// A table of the earlier program, the columns that move, and where it stands while they do.
  private struct Table {
    let name: String
    let required: [String]
    let known: [String]
    var earlier: String { name + "_earlier" }
  }

  private static let events = Table(
    name: "calendar_event", required: ["event_id"],
    known: [
      "event_id", "user_email", "user_name", "subject", "description", "start_date", "end_date",
      "last_modified", "is_deleted", "created_at", "updated_at",
    ])
  private static let categories = Table(
    name: "calendar_category", required: ["category_id", "name"],
    known: ["category_id", "name", "is_project", "is_activity", "created_at", "updated_at"])
  private static let links = Table(
    name: "calendar_event_calendar_category", required: ["event_id", "category_id"],
    known: ["event_id", "category_id", "created_at", "updated_at"])

  let dialect: Dialect
  let now: String
  let log: Log

  func run(on database: borrowing Database) throws {
    var columns: [String: [String]] = [:]
    for table in [Self.links, Self.events, Self.categories] {
      columns[table.name] = try setAside(table, database)
    }
    for definition in Tables.definitions(dialect) { try database.connection.execute(definition) }
    try moveCategories(columns[Self.categories.name] ?? [], database)
    try moveEvents(columns[Self.events.name] ?? [], database)
    try moveLinks(columns[Self.links.name] ?? [], database)
    for table in [Self.links, Self.events, Self.categories] {
      try finish(table, columns[table.name] ?? [], database)
    }
  }

  /// Moves a table out of the way; returns its columns, none when there is no such table.
  private func setAside(
    _ table: Table, _ database: borrowing Database
  ) throws -> [String] {
    guard try database.hasTable(table.name) else { return [] }
    let columns = try database.columns(of: table.name)
    guard table.required.allSatisfy({ columns.contains($0) }) else {
      throw Failure(
        .configuration, "the database has a table \(table.name) that is not the earlier program's",
        hint: "use another database or schema")
    }
    try database.connection.execute(
      dialect == .sqlite
        ? "CREATE TABLE \(table.earlier) AS SELECT * FROM \(table.name)"
        : "SELECT * INTO \(table.earlier) FROM \(table.name)")
    try database.connection.execute("DROP TABLE \(table.name)")
    return columns
  }

  /// Makes sure that no row was lost, then lets go of the old table, unless somebody's own columns are in it.
  private func finish(
    _ table: Table, _ columns: [String], _ database: borrowing Database
  ) throws {
    guard !columns.isEmpty else { return }
    func count(_ name: String) throws(ODBCError) -> Int? {
      try database.number("SELECT CAST(COUNT(*) AS BIGINT) FROM \(name)")
    }
    let lost = (try count(table.earlier) ?? 0) - (try count(table.name) ?? 0)
    guard lost == 0 || table.name == Self.links.name else {
      throw Failure(.software, "not all rows of \(table.name) could be taken over")
    }
    guard lost == 0 else {
      return log.warning(
        "\(lost) links stand twice or lead to no event or category; they are left in \(table.earlier)",
        hint: "drop it when they are needed no more")
    }
    let unknown = columns.filter { !table.known.contains($0) }
    guard unknown.isEmpty else {
      return log.warning(
        "\(table.earlier) is kept: it has columns of your own, \(unknown.joined(separator: ", "))",
        hint: "drop it when they are needed no more")
    }
    try database.connection.execute("DROP TABLE \(table.earlier)")
  }
}

// MARK: - Moving rows

extension Adoption {
  private func moveCategories(_ columns: [String], _ database: borrowing Database) throws {
    guard !columns.isEmpty else { return }
    let insert = """
      INSERT INTO calendar_category (category_id, name, name_key, created_at, updated_at)
      SELECT category_id, COALESCE(name, ''), \(dialect == .sqlite
        ? "'#' || category_id" : "CONCAT(N'#', category_id)"),
        \(moment("created_at", columns)), \(moment("updated_at", columns))
      FROM calendar_category_earlier ORDER BY category_id
      """
    try database.connection.execute(
      dialect == .sqlite
        ? insert
        : "SET IDENTITY_INSERT calendar_category ON; \(insert);"
          + " SET IDENTITY_INSERT calendar_category OFF")
    try nameKeys(database)
  }

  /// Gives every category the key that its name compares by.
  ///
  /// Spellings that were several rows stay several: the first is the one that is used from now on.
  private func nameKeys(_ database: borrowing Database) throws(ODBCError) {
    var names: [(Int, String)] = []
    var select = try database.connection.prepare(
      "SELECT category_id, name FROM calendar_category ORDER BY category_id")
    try select.bind(columns: [.integer, .text(Limit.categoryName)])
    try select.execute()
    while try select.next() {
      if let id = select.integer(0) { names.append((id, select.text(1) ?? "")) }
    }
    var taken: Set<String> = []
    var update = try database.connection.prepare(
      "UPDATE calendar_category SET name_key = ? WHERE category_id = ?")
    for (id, name) in names {
      let key = CategoryName.key(name)
      try update.set(0, taken.insert(key).inserted ? key : "\(key)\u{1}\(id)")
      try update.set(1, id)
      try update.execute()
    }
  }

  private func moveEvents(_ columns: [String], _ database: borrowing Database) throws {
    guard !columns.isEmpty else { return }
    let texts = ["user_email", "user_name", "subject", "description"]
    let times = ["start_date", "end_date", "last_modified"]
    let values =
      texts.map { columns.contains($0) ? $0 : "NULL" }
      + times.map { columns.contains($0) ? time($0) : "NULL" }
    let isDeleted = columns.contains("is_deleted") ? "COALESCE(is_deleted, 0)" : "0"
    let hasTimes = columns.contains("start_date") && columns.contains("end_date")
    let minutes =
      dialect == .sqlite
      ? "ROUND((julianday(end_date) - julianday(start_date)) * 1440, 4)"
      : "CAST(DATEDIFF_BIG(SECOND, start_date, end_date) / 60.0 AS DECIMAL(14, 4))"
    try database.connection.execute(
      """
      INSERT INTO calendar_event (event_id, \((texts + times).joined(separator: ", ")),
        minutes, is_deleted, created_at, updated_at)
      SELECT event_id, \(values.joined(separator: ", ")), \(hasTimes ? minutes : "NULL"),
        \(isDeleted), \(moment("created_at", columns)), \(moment("updated_at", columns))
      FROM calendar_event_earlier
      """)
  }

  /// The old key ignores case: a link may spell its event's id in another.
  ///
  /// What leads nowhere, or stands twice, stays behind.
  private func moveLinks(_ columns: [String], _ database: borrowing Database) throws(ODBCError) {
    guard !columns.isEmpty else { return }
    let joins: [String]
    if dialect == .sqlite {
      // Where ids differ in case only, each link is first of all its own event's.
      joins = [
        "INNER JOIN calendar_event e ON e.event_id = l.event_id",
        """
        INNER JOIN calendar_event e ON e.event_id = l.event_id COLLATE NOCASE
          AND NOT EXISTS (SELECT 1 FROM calendar_event x WHERE x.event_id = l.event_id)
        """,
      ]
    } else {
      joins = [
        """
        INNER JOIN calendar_event_earlier o ON o.event_id = l.event_id
        INNER JOIN calendar_event e ON e.event_id = o.event_id COLLATE Latin1_General_BIN2
          AND e.event_id_length = DATALENGTH(CAST(o.event_id AS NVARCHAR(400)))
        """
      ]
    }
    for join in joins {
      try database.connection.execute(
        """
        INSERT INTO calendar_event_calendar_category
          (event_key, category_id, event_id, created_at, updated_at)
        SELECT e.event_key, l.category_id, e.event_id,
          MIN(\(moment("created_at", columns, of: "l."))),
          MIN(\(moment("updated_at", columns, of: "l.")))
        FROM calendar_event_calendar_category_earlier l
        \(join)
        WHERE EXISTS (SELECT 1 FROM calendar_category c WHERE c.category_id = l.category_id)
          AND NOT EXISTS (SELECT 1 FROM calendar_event_calendar_category t
            WHERE t.event_key = e.event_key AND t.category_id = l.category_id)
        GROUP BY e.event_key, l.category_id, e.event_id
        """)
    }
  }

  /// DATETIME counts in 300ths of a second, which only a cast to milliseconds keeps from looking odd.
  private func time(_ column: String) -> String { dialect.time(column) }

  private func moment(_ column: String, _ columns: [String], of prefix: String = "") -> String {
    guard columns.contains(column) else { return "'\(now)'" }
    return "COALESCE(\(time(prefix + column)), '\(now)')"
  }
}
