internal import CivilTime
internal import NDJSON
internal import ODBC
internal import Schema

/// The question that a report puts to the database: one row an event, everything that is asked for in one text.
///
/// Drivers take their time for each column of each row; one text of many parts is read three times as fast.
struct EventQuery: Sendable {
  /// The parts of a row's text, in order.
  enum Field: CaseIterable, Sendable {
    case user, mail, start, end, zone, showAs, isAllDay, isCancelled, response, type, categories
    case localStart, localEnd, id, organizer, calendar, subject
  }

  /// What stands between the parts: no text of a calendar has a reason to hold it.
  static let separator: UInt8 = 0x1F

  let dialect: Dialect
  let days: ClosedRange<Int>
  let fields: [Field]
  /// Whether rows come person by person.
  var isOrdered = false

  /// Entries of the period by anybody's clock; the engine looks closer.
  ///
  /// The range is wider than the period by more than any zone is away from UTC. Its bounds stand in the text: dates
  /// that were calculated here need no parameter.
  var sql: String {
    let low = timeLiteral(days.lowerBound - 2)
    let high = timeLiteral(days.upperBound + 3)
    return """
      SELECT \(packed) FROM calendar_event e
      WHERE e.is_deleted = 0 AND e.start_date < \(high)
        AND (e.end_date >= \(low) OR e.end_date IS NULL AND e.start_date >= \(low))
      \(isOrdered ? "ORDER BY e.user_id, e.user_email, e.start_date, e.event_id" : "")
      """
  }

  var columns: [Column] {
    fields.contains(.subject) ? [.longText] : [.text(fields.map(width).reduce(fields.count, +))]
  }

  /// NULL becomes the empty text in both dialects.
  private var packed: String {
    let values = fields.map(value)
    switch dialect {
    case .sqlite:
      let form = values.map { _ in "%s" }.joined(separator: "\u{1F}")
      return "printf('\(form)', \(values.joined(separator: ", ")))"
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
    case .user: "e.user_id"
    case .mail: "e.user_email"
    case .start: time("e.start_date")
    case .end: time("COALESCE(e.end_date, e.start_date)")
    case .zone: "e.time_zone"
    case .showAs: "e.show_as"
    case .isAllDay: "e.is_all_day"
    case .isCancelled: "e.is_cancelled"
    case .response: "e.response"
    case .type: "e.event_type"
    case .categories: categories
    case .localStart: local("e.start_local")
    case .localEnd: local("COALESCE(e.end_local, e.start_local)")
    case .id: "e.event_id"
    case .organizer: "e.organizer"
    case .calendar: "e.calendar_id"
    case .subject: "e.subject"
    }
  }

  /// Only all-day events, and those without a zone, are counted by what their own clock says.
  private func local(_ column: String) -> String {
    "CASE WHEN e.is_all_day = 1 OR e.time_zone IS NULL THEN \(time(column)) END"
  }

  private func time(_ column: String) -> String {
    dialect == .sqlite ? column : "CONVERT(NVARCHAR(32), \(column), 121)"
  }

  private func timeLiteral(_ day: Int) -> String {
    let days = Period.writableDays
    let date = TimeText(CivilDate(dayNumber: min(max(day, days.lowerBound), days.upperBound)))
    return dialect == .sqlite ? "'\(date) 00:00:00'" : "CAST('\(date)T00:00:00' AS DATETIME2)"
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

/// The parts of the row that was fetched last.
struct EventParts: Sendable {
  private var ends: [Int] = []

  /// Finds the parts; false where there aren't as many as were asked for.
  @inline(__always)
  mutating func split(_ text: RawSpan, count: Int) -> Bool {
    ends.removeAll(keepingCapacity: true)
    for offset in 0..<text.byteCount where text.byte(at: offset) == EventQuery.separator {
      // A subject stands last, and may hold anything.
      if count == EventQuery.Field.allCases.count, ends.count == count - 1 { break }
      ends.append(offset)
    }
    ends.append(text.byteCount)
    return ends.count == count
  }

  @inline(__always)
  subscript(place: Int) -> Range<Int> {
    unsafe Range(uncheckedBounds: (place == 0 ? 0 : ends[place &- 1] &+ 1, ends[place]))
  }
}
