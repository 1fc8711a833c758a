import Database
import ODBC
import Records
import Schema

/// What is to be said about a person: the record that came, and how reading the mailbox went.
struct Person {
  enum Status: String {
    case active, denied
    case noMailbox = "no-mailbox"
  }

  var id: String
  var record: UserRecord?
  var status: Status?
}

extension Session {
  /// The columns of `calendar_user` that come from a user's record, in the order of `texts(of:)`.
  private static let personColumns: [(name: String, limit: Int)] = [
    ("user_principal_name", Limit.name), ("mail", Limit.mail), ("display_name", Limit.name),
    ("user_type", Limit.word), ("usage_location", Limit.word), ("department", Limit.name),
    ("job_title", Limit.name), ("time_zone", Limit.zone), ("working_hours", .max),
  ]

  private struct StoredPerson: Equatable {
    var texts: [String?]
    var isEnabled: Int?
    var status: String?
  }

  /// Refuses a record whose texts don't fit their columns.
  static func check(_ record: UserRecord) throws(RecordFault) {
    let texts = texts(of: record)
    guard !record.id.isEmpty, record.id.utf8.last != UInt8(ascii: " ") else {
      throw RecordFault("\"id\" is empty or ends with a space")
    }
    guard record.id.utf16.count <= Limit.userID else { throw tooLong("id", Limit.userID) }
    for (column, text) in zip(personColumns, texts) {
      guard let text, text.utf16.count > column.limit else { continue }
      throw tooLong(column.name, column.limit)
    }
  }

  private static func tooLong(_ name: String, _ limit: Int) -> RecordFault {
    RecordFault("\"\(name)\" is longer than the \(limit) characters it may have")
  }

  private static func texts(of record: UserRecord) -> [String?] {
    [
      record.userPrincipalName, record.mail, record.displayName, record.userType,
      record.usageLocation, record.department, record.jobTitle, record.timeZone,
      record.workingHours.map { String(decoding: $0, as: UTF8.self) },
    ]
  }

  /// Writes what is new about a person, and the mail and name into all rows of the mailbox when they changed.
  ///
  /// Returns what the rows say about whose they are.
  @discardableResult
  func write(_ person: Person, now: String) throws(ODBCError) -> Owner {
    let stored = try find(person.id)
    var next = stored ?? StoredPerson(texts: Self.personColumns.map { _ in nil })
    if let record = person.record {
      next.texts = Self.texts(of: record)
      next.isEnabled = record.accountEnabled.map { $0 ? 1 : 0 }
    }
    next.status = person.status?.rawValue ?? next.status ?? Person.Status.active.rawValue
    let owner = Self.owner(next)
    guard let stored else {
      try insert(person.id, next, now: now)
      try rename(person.id, owner, now: now)
      return owner
    }
    guard stored != next else { return owner }
    try update(person.id, next, isNewStatus: stored.status != next.status, now: now)
    if Self.owner(stored) != owner {
      try rename(person.id, owner, now: now)
      if let mail = Self.owner(stored).mail { try renameAdopted(mail, owner, now: now) }
    }
    return owner
  }

  /// What the rows of a mailbox say about whose it is; nil for somebody of whom no record ever came.
  func owner(_ id: String) throws(ODBCError) -> Owner? {
    try find(id).map(Self.owner)
  }

  private static func owner(_ person: StoredPerson) -> Owner {
    Owner(mail: person.texts[1] ?? person.texts[0], name: person.texts[2])
  }

  private func find(_ id: String) throws(ODBCError) -> StoredPerson? {
    let texts = Self.personColumns.map { dialect.exact($0.name) }
    let statement = try database.connection.kept(
      """
      SELECT CAST(account_enabled AS BIGINT), status, \(texts.joined(separator: ", "))
      FROM calendar_user WHERE user_id = ?
      """)
    try statement.bind(
      columns: [.integer, .text(Limit.word)] + texts.map { _ in Column.exactText })
    try statement.set(0, id)
    try statement.execute()
    guard try statement.next() else { return nil }
    var person = StoredPerson(
      texts: [], isEnabled: statement.integer(0), status: statement.text(1))
    for index in Self.personColumns.indices { person.texts.append(statement.text(index + 2)) }
    return person
  }

  private func insert(_ id: String, _ person: StoredPerson, now: String) throws(ODBCError) {
    let names = Self.personColumns.map(\.name).joined(separator: ", ")
    let statement = try database.connection.kept(
      """
      INSERT INTO calendar_user
        (\(names), account_enabled, status, status_at, updated_at, created_at, user_id)
      VALUES (\(Self.personColumns.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?, ?, ?)
      """)
    try set(person, statement)
    let next = Self.personColumns.count + 1
    for (index, text) in [person.status, now, now, now, id].enumerated() {
      try statement.set(next + index, text)
    }
    try statement.execute()
  }

  private func update(
    _ id: String, _ person: StoredPerson, isNewStatus: Bool, now: String
  ) throws(ODBCError) {
    let statement = try database.connection.kept(
      """
      UPDATE calendar_user SET
        \(Self.personColumns.map { "\($0.name) = ?" }.joined(separator: ", ")),
        account_enabled = ?, status = ?, updated_at = ?\(isNewStatus ? ", status_at = ?" : "")
      WHERE user_id = ?
      """)
    try set(person, statement)
    let next = Self.personColumns.count + 1
    let texts = [person.status, now] + (isNewStatus ? [now] : []) + [id]
    for (index, text) in texts.enumerated() { try statement.set(next + index, text) }
    try statement.execute()
  }

  private func set(
    _ person: StoredPerson, _ statement: borrowing KeptStatement
  ) throws(ODBCError) {
    for (index, text) in person.texts.enumerated() { try statement.set(index, text) }
    try statement.set(person.texts.count, person.isEnabled)
  }

  private func rename(_ id: String, _ owner: Owner, now: String) throws(ODBCError) {
    let statement = try database.connection.kept(
      dialect == .sqlite
        ? """
        UPDATE calendar_event SET user_email = ?, user_name = ?, updated_at = ? WHERE user_id = ?
        """
        : """
        UPDATE e SET user_email = ?, user_name = ?, updated_at = ?
        FROM calendar_event e WITH (FORCESEEK) WHERE e.user_id = ?
        """)
    for (index, text) in [owner.mail, owner.name, now, id].enumerated() {
      try statement.set(index, text)
    }
    try statement.execute()
  }

  /// Rows of an earlier program know their mailbox by its mail only.
  private func renameAdopted(
    _ mail: String, _ owner: Owner, now: String
  ) throws(ODBCError) {
    let statement = try database.connection.kept(
      """
      UPDATE calendar_event SET user_email = ?, user_name = ?, updated_at = ?
      WHERE user_id IS NULL AND LOWER(user_email) = LOWER(?)
      """)
    for (index, text) in [owner.mail, owner.name, now, mail].enumerated() {
      try statement.set(index, text)
    }
    try statement.execute()
  }
}
