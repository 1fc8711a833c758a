internal import CivilTime
internal import Console
internal import Database
internal import ODBC
internal import Schema

extension EventBook {
  /// The events of a period, with a margin for zones, out of the database.
  init(_ database: borrowing Database, _ days: ClosedRange<Int>, _ filter: EntryFilter) throws {
    var names = try DatabaseNames(database)
    try names.readSettings(database)
    users = names.users
    meaning = names.meaning
    categories = names.list
    let query = EventQuery(
      dialect: database.dialect, days: days, fields: EventQuery.Field.allCases, isOrdered: true)
    var statement = try database.connection.prepare(query.sql)
    try statement.bind(columns: query.columns)
    try statement.execute()
    while try statement.next() {
      let parts = (statement.text(0) ?? "").split(
        maxSplits: query.fields.count - 1, omittingEmptySubsequences: false
      ) { $0.utf8.elementsEqual([EventQuery.separator]) }
      guard parts.count == query.fields.count else {
        throw Failure(.badData, "an event of the database holds a control character")
      }
      let values = Dictionary(uniqueKeysWithValues: zip(query.fields, parts.map(String.init)))
      if let facts = try EventFacts(values, names), filter.admits(facts) { events.append(facts) }
    }
  }
}

extension EntryFilter {
  func admits(_ facts: EventFacts) -> Bool {
    admits(person: facts.user, mail: facts.mail) && admits(categories: facts.categories)
  }
}

extension EventFacts {
  fileprivate init?(_ values: [EventQuery.Field: String], _ names: DatabaseNames) throws {
    func text(_ field: EventQuery.Field) -> String { values[field] ?? "" }
    func time(_ field: EventQuery.Field) throws -> WallTime? {
      let text = text(field)
      guard !text.isEmpty else { return nil }
      guard let wall = WallTime(text.prefix(10) + "T" + text.dropFirst(11).prefix(8)) else {
        throw Failure(.badData, "the event \(values[.id] ?? "") of the database has no good time")
      }
      return wall
    }
    guard let start = try time(.start), let end = try time(.end) else { return nil }
    user = text(.user)
    mail = names.mailOfUser[user] ?? text(.mail)
    calendar = text(.calendar)
    id = text(.id)
    subject = text(.subject)
    self.start = start.seconds
    self.end = max(start.seconds, end.seconds)
    let localStart = try time(.localStart) ?? start
    let localEnd = try time(.localEnd) ?? end
    let isAllDay = text(.isAllDay) == "1"
    days =
      isAllDay
      ? localStart.dayNumber..<max(localStart.dayNumber, localEnd.dayNumber) : nil
    zone = text(.zone).isEmpty ? nil : text(.zone)
    customZone =
      zone == nil
      ? try CustomZone(
        start: start.seconds, localStart: localStart.seconds, end: end.seconds,
        localEnd: localEnd.seconds) : nil
    showAs = text(.showAs).isEmpty ? "unknown" : text(.showAs)
    response = text(.response)
    type = text(.type)
    isCancelled = text(.isCancelled) == "1"
    categories = names.categories(text(.categories))
    organizer = text(.organizer)
  }
}

extension WallTime {
  fileprivate init?(_ text: Substring) { self.init(String(text)) }
}
