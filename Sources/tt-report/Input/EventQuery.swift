internal import Console
internal import Database
internal import NDJSON
internal import ODBC
internal import Schema

/// The question that a report puts to the database: one row an event, everything that is asked for in one text.
///
/// Drivers take their time for each column of each row; one text of many parts is read three times as fast.
struct EventQuery: Sendable {
  /// The parts of a row's text, in order.
  enum Field: Int, CaseIterable, Sendable {
    case user, mail, start, end, zone, showAs, isAllDay, isCancelled, response, type, categories
    case localStart, localEnd, id, organizer, calendar, subject
  }

  /// In which order rows come.
  enum Order: Sendable { case any, byPerson, byStart }

  /// What stands between the parts, and in none of them: in SQLite a byte that UTF-8 doesn't know; from other engines
  /// only text comes, so that a character is taken out of theirs.
  private var separator: UInt8 { dialect == .sqlite ? 0xFF : 0x1F }

  /// A column's text as it comes in a row's parts.
  static func partText(_ text: String, _ dialect: Dialect) -> String {
    dialect == .sqlite ? text : String(text.unicodeScalars.filter { $0.value != 0x1F })
  }

  private static let rowsPerFetch = 64

  let dialect: Dialect
  let scope: EventScope
  let fields: ArraySlice<Field>
  let order: Order

  /// - Parameter last: the last of the parts; all in front of it are asked for too.
  init(_ dialect: Dialect, _ scope: EventScope, upTo last: Field, _ order: Order) {
    self.dialect = dialect
    self.scope = scope
    self.order = order
    fields = Field.allCases.prefix(last.rawValue + 1)
  }

  var sql: String {
    """
    SELECT \(packed) FROM calendar_event e
    WHERE \(scope.condition(dialect))
    \(orderBy)
    """
  }

  private var orderBy: String {
    switch order {
    case .any: ""
    case .byPerson: "ORDER BY e.user_id, e.user_email, e.start_date, e.event_id"
    case .byStart: "ORDER BY e.start_date"
    }
  }

  var columns: [Column] {
    fields.contains(.subject) ? [.longText] : [.text(fields.map(width).reduce(fields.count, +))]
  }

  /// NULL becomes the empty text in both dialects.
  private var packed: String {
    let values = fields.map(value)
    switch dialect {
    case .sqlite:
      let form = values.map { _ in "%s" }.joined(separator: "%s")
      return "printf('\(form)', \(values.joined(separator: ", x'FF', ")))"
    case .sqlServer:
      // Engines that only speak T-SQL take CONCAT's text for VARCHAR, and send what that can't hold as question marks.
      let type = fields.contains(.subject) ? "NVARCHAR(MAX)" : "NVARCHAR(4000)"
      return "CAST(CONCAT(\(values.joined(separator: ", NCHAR(31), "))) AS \(type))"
    }
  }

  private func width(_ field: Field) -> Int {
    switch field {
    case .user: Limit.userID
    case .mail: Limit.mail
    case .zone: Limit.zone
    case .showAs, .response, .type: Limit.word
    case .start, .end, .localStart, .localEnd: 32
    case .isAllDay, .isCancelled: 1
    case .categories: 2000
    case .id, .calendar: Limit.identifier
    case .organizer: Limit.organizer
    case .subject: 0
    }
  }

  private func value(_ field: Field) -> String {
    switch field {
    case .user: text("e.user_id")
    case .mail: text("e.user_email")
    case .start: time("e.start_date")
    case .end: time("COALESCE(e.end_date, e.start_date)")
    case .zone: text("e.time_zone")
    case .showAs: text("e.show_as")
    case .isAllDay: "e.is_all_day"
    case .isCancelled: "e.is_cancelled"
    case .response: text("e.response")
    case .type: text("e.event_type")
    case .categories: categories
    case .localStart: local("e.start_local")
    case .localEnd: local("COALESCE(e.end_local, e.start_local)")
    case .id: text("e.event_id")
    case .organizer: text(exact("e.organizer"))
    case .calendar: text("e.calendar_id")
    // Stands last, and may hold anything.
    case .subject: exact("e.subject")
    }
  }

  private func text(_ column: String) -> String {
    dialect == .sqlite ? column : "REPLACE(\(column), NCHAR(31), N'')"
  }

  /// SQLite's `printf` ends texts at a NUL: one that holds any comes in hexadecimal digits, as `RawSpan.string` knows.
  private func exact(_ column: String) -> String {
    dialect == .sqlite
      ? "CASE WHEN instr(\(column), char(0)) THEN x'FE' || hex(\(column)) ELSE \(column) END"
      : column
  }

  /// Only all-day events, and those without a zone, are counted by what their own clock says.
  private func local(_ column: String) -> String {
    "CASE WHEN e.is_all_day = 1 OR e.time_zone IS NULL THEN \(time(column)) END"
  }

  private func time(_ column: String) -> String {
    dialect == .sqlite ? column : "CONVERT(NVARCHAR(32), \(column), 121)"
  }

  /// The numbers of the event's categories, with commas between.
  private var categories: String {
    let list =
      dialect == .sqlite
      ? "group_concat(l.category_id)"
      : "STRING_AGG(CAST(l.category_id AS NVARCHAR(20)), N',')"
    return "(SELECT \(list) FROM calendar_event_calendar_category l"
      + " WHERE l.event_key = e.event_key)"
  }
}

extension EventQuery {
  /// Gives each row's text and its parts to `take`.
  func run(
    _ database: borrowing Database, _ take: (RawSpan, borrowing EventParts) throws -> Void
  ) throws {
    var parts = EventParts()
    var statement = try database.connection.prepare(sql)
    for (place, value) in scope.parameters.enumerated() { try statement.set(place, value) }
    try statement.bind(columns: columns, rowsPerFetch: Self.rowsPerFetch)
    try statement.execute()
    while try statement.next() {
      try statement.withUTF8(0) { (row: RawSpan?) throws in
        guard let row else { return }
        guard parts.split(row, at: separator, count: fields.count) else {
          throw Failure(.badData, "an event of the database holds a control character")
        }
        try take(row, parts)
      }
    }
  }
}

/// The parts of the row that was fetched last.
struct EventParts: Sendable {
  private var ends: [Int] = []

  /// Finds the parts; false where there aren't as many as were asked for.
  @inline(__always)
  mutating func split(_ text: RawSpan, at separator: UInt8, count: Int) -> Bool {
    ends.removeAll(keepingCapacity: true)
    for offset in 0..<text.byteCount where text.byte(at: offset) == separator {
      // A subject stands last, and may hold anything.
      if count == EventQuery.Field.allCases.count, ends.count == count - 1 { break }
      ends.append(offset)
    }
    ends.append(text.byteCount)
    return ends.count == count
  }

  @inline(__always)
  subscript(field: EventQuery.Field) -> Range<Int> {
    let place = field.rawValue
    return unsafe Range(uncheckedBounds: (place == 0 ? 0 : ends[place &- 1] &+ 1, ends[place]))
  }
}
