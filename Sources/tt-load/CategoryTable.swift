import ODBC
import Records
import Schema

/// The categories of the database by name; names that it lacks are added when they are asked for.
final class CategoryTable {
  private struct Row {
    var id: Int
    var color: String?
    /// Whose colour it is: people colour the same category differently, and the first one's stays.
    var colorUser: String?
    var designation: String?

    /// The row as a person's master category would have it; nil when that changes nothing.
    func changed(by record: CategoryRecord) -> Row? {
      var row = self
      if colorUser == nil || colorUser == record.user {
        row.color = record.color
        row.colorUser = record.color == nil ? nil : record.user
      }
      row.designation = record.designation ?? designation
      return (row.color, row.designation) == (color, designation) ? nil : row
    }
  }

  private var rows: [String: Row] = [:]
  private var isLoaded = false
  private let dialect: Dialect

  init(_ dialect: Dialect) { self.dialect = dialect }

  /// Forgets what may have been rolled back.
  func forget() { isLoaded = false }

  func load(_ connection: borrowing Connection) throws(ODBCError) {
    rows = [:]
    let texts = ["name_key", "color", "color_user_id"].map(dialect.exact)
    let statement = try connection.kept(
      """
      SELECT category_id, designation, \(texts.joined(separator: ", ")) FROM calendar_category
      ORDER BY category_id
      """)
    try statement.bind(columns: [.integer, .text(8), .exactText, .exactText, .exactText])
    try statement.execute()
    while try statement.next() {
      guard let id = statement.integer(0), let key = statement.text(2) else { continue }
      rows[key] = Row(
        id: id, color: statement.text(3), colorUser: statement.text(4),
        designation: statement.text(1))
    }
    isLoaded = true
  }

  /// Makes sure that all names have a row.
  ///
  /// `lock` is taken before one is added, so that each gets only one.
  func add(
    _ names: [String], _ connection: borrowing Connection, now: String,
    lock: () throws(ODBCError) -> Void
  ) throws(ODBCError) {
    if !isLoaded { try load(connection) }
    for name in names where rows[CategoryName.key(name)] == nil {
      // Another loader may have added it long ago, or before the lock was ours.
      try load(connection)
      guard rows[CategoryName.key(name)] == nil else { continue }
      try lock()
      try load(connection)
      if rows[CategoryName.key(name)] == nil { try insert(name, connection, now: now) }
    }
  }

  /// The ids of names that were added before, ascending.
  func ids(of names: [String]) -> [Int] {
    names.compactMap { rows[CategoryName.key($0)]?.id }.sorted()
  }

  private func insert(
    _ name: String, _ connection: borrowing Connection, now: String
  ) throws(ODBCError) {
    let statement = try connection.kept(
      "INSERT INTO calendar_category (name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?)")
    try statement.set(0, name)
    try statement.set(1, CategoryName.key(name))
    try statement.set(2, now)
    try statement.set(3, now)
    try statement.execute()
    try load(connection)
  }

  /// Brings a person's master category in: its colour, and what it stands for when the record says so.
  func apply(
    _ record: CategoryRecord, _ connection: borrowing Connection, now: String,
    lock: () throws(ODBCError) -> Void
  ) throws(ODBCError) {
    try add([record.name], connection, now: now, lock: lock)
    let key = CategoryName.key(record.name)
    guard rows[key]?.changed(by: record) != nil else { return }
    try lock()
    // Somebody may have said what it stands for since it was read.
    try load(connection)
    guard let row = rows[key]?.changed(by: record) else { return }
    try update(row, connection, now: now)
    rows[key] = row
  }

  /// Whether these master categories and names change nothing.
  func knows(
    _ records: [CategoryRecord], _ names: [String], _ connection: borrowing Connection
  ) throws(ODBCError) -> Bool {
    if !isLoaded { try load(connection) }
    return names.allSatisfy { rows[CategoryName.key($0)] != nil }
      && records.allSatisfy {
        guard let row = rows[CategoryName.key($0.name)] else { return false }
        return row.changed(by: $0) == nil
      }
  }

  /// Says what a category stands for; nil leaves it to the markers in its name.
  ///
  /// Returns whether that is new.
  func designate(
    _ name: String, as designation: String?, _ connection: borrowing Connection, now: String
  ) throws(ODBCError) -> Bool {
    try load(connection)
    let key = CategoryName.key(name)
    if rows[key] == nil, designation != nil { try insert(name, connection, now: now) }
    guard var row = rows[key], row.designation != designation else { return false }
    row.designation = designation
    try update(row, connection, now: now)
    rows[key] = row
    return true
  }

  private func update(
    _ row: Row, _ connection: borrowing Connection, now: String
  ) throws(ODBCError) {
    let statement = try connection.kept(
      """
      UPDATE calendar_category SET color = ?, color_user_id = ?, designation = ?, updated_at = ?
      WHERE category_id = ?
      """)
    for (index, text) in [row.color, row.colorUser, row.designation, now].enumerated() {
      try statement.set(index, text)
    }
    try statement.set(4, row.id)
    try statement.execute()
  }
}
