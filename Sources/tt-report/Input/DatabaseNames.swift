internal import Database
internal import ODBC
internal import Records
internal import Schema

/// People and categories of a database, by their numbers.
struct DatabaseNames {
  private(set) var names = SourceNames()
  /// A person's present mail address goes for all of their events.
  private(set) var mailOfUser: [String: String] = [:]
  private var categoryNames: [Int: String] = [:]

  init() {}

  init(_ database: borrowing Database) throws {
    try readCategories(database)
    try readUsers(database)
  }

  var meaning: CategoryNames { names.meaning }

  /// The names for `3,17`.
  func categories(_ ids: String) -> [String] {
    ids.split(separator: ",").compactMap { Int($0).flatMap { categoryNames[$0] } }
  }

  /// The numbers of the categories that a filter admits.
  func categories(of filter: EntryFilter) -> [Int] {
    categoryNames.filter { filter.admits(categories: [$0.value]) }.keys.sorted()
  }

  private mutating func readCategories(_ database: borrowing Database) throws {
    var statement = try database.connection.prepare(
      """
      SELECT category_id, designation, color, \(database.dialect.exact("name")) FROM calendar_category
      ORDER BY name_key
      """)
    try statement.bind(columns: [.integer, .text(Limit.word), .text(Limit.word), .exactText])
    try statement.execute()
    while try statement.next() {
      guard let id = statement.integer(0), let name = statement.text(3) else { continue }
      categoryNames[id] = name
      names.add(category: name, color: statement.text(2))
      if let word = statement.text(1), let found = CategoryNames.Designation(rawValue: word) {
        names.meaning.designate(name, as: found)
      }
    }
  }

  private mutating func readUsers(_ database: borrowing Database) throws {
    var statement = try database.connection.prepare(
      "SELECT user_id, COALESCE(mail, user_principal_name) FROM calendar_user")
    try statement.bind(columns: [.text(Limit.userID), .text(Limit.name)], rowsPerFetch: 64)
    try statement.execute()
    while try statement.next() {
      if let id = statement.text(0), let mail = statement.text(1) { mailOfUser[id] = mail }
    }
  }

  /// Reads the settings of the mailboxes that can be read: one that vanished has none.
  mutating func readSettings(_ database: borrowing Database) throws {
    var statement = try database.connection.prepare(
      """
      SELECT user_id, usage_location, time_zone, working_hours FROM calendar_user
      WHERE status = 'active'
      """)
    try statement.bind(
      columns: [.text(Limit.userID), .text(Limit.word), .text(Limit.zone), .longText])
    try statement.execute()
    while try statement.next() {
      guard let id = statement.text(0) else { continue }
      var user = UserRecord(id: id)
      user.mail = mailOfUser[id]
      user.usageLocation = statement.text(1)
      user.timeZone = statement.text(2)
      user.workingHours = statement.text(3).map { Array($0.utf8) }
      names.add(user: user)
    }
  }
}
