internal import CivilTime
internal import Console
internal import Database
internal import NDJSON
internal import ODBC
internal import Records
internal import Schema

extension EventBook {
  /// The event of an id, and all that its person has on the same days; nothing if there is no such event.
  init(_ database: borrowing Database, around event: String, _ filter: EntryFilter) throws {
    var rows = try FactsRows(database, filter)
    meaning = rows.names.meaning
    var found: EventFacts?
    let id = EventQuery.partText(event, database.dialect)
    try rows.read(database, EventScope(event: event), .byPerson) {
      if $0.id == id { found = $0 }
    }
    guard let found else { return }
    rows.filter.users = [(found.user.isEmpty ? found.mail : found.user).lowercased()]
    let days = floorDivide(found.start, 86400)...floorDivide(found.end, 86400)
    try rows.read(database, EventScope(days: days, rows.filter, rows.names), .byPerson) {
      events.append($0)
    }
  }
}

/// Reads events from the database, each in full.
struct FactsRows {
  var filter: EntryFilter
  let names: DatabaseNames

  init(_ database: borrowing Database, _ filter: EntryFilter) throws {
    self.filter = filter
    names = try DatabaseNames(database)
  }

  /// Hands out those that the filter admits.
  func read(
    _ database: borrowing Database, _ scope: EventScope, _ order: EventQuery.Order,
    _ take: (EventFacts) throws -> Void
  ) throws {
    let query = EventQuery(database.dialect, scope, upTo: .subject, order)
    try query.run(database) { row, parts in
      if let facts = try EventFacts(row, parts, names), filter.admits(facts) { try take(facts) }
    }
  }

  /// Hands out the events of a period, with a margin for zones, in their order.
  ///
  /// Memory holds those that begin together.
  func readInOrder(
    _ database: borrowing Database, _ days: ClosedRange<Int>,
    _ take: (EventFacts) throws -> Void
  ) throws {
    var together: [EventFacts] = []
    func handOut() throws {
      try together.sorted(by: EventFacts.isBefore).forEach(take)
      together.removeAll(keepingCapacity: true)
    }
    try read(database, EventScope(days: days, filter, names), .byStart) { facts in
      if let first = together.first, first.start != facts.start { try handOut() }
      together.append(facts)
    }
    try handOut()
  }
}

extension FactsRows {
  /// Everybody who has events in a period, with a margin for zones.
  func people(_ database: borrowing Database, _ days: ClosedRange<Int>) throws -> Set<EventPerson> {
    let scope = EventScope(days: days, filter, names)
    var statement = try database.connection.prepare(
      """
      SELECT DISTINCT e.user_id, e.user_email FROM calendar_event e
      WHERE \(scope.condition(database.dialect))
      """)
    for (place, value) in scope.parameters.enumerated() { try statement.set(place, value) }
    try statement.bind(columns: [.text(Limit.userID), .text(Limit.mail)], rowsPerFetch: 64)
    try statement.execute()
    var people: Set<EventPerson> = []
    while try statement.next() {
      let id = statement.text(0) ?? ""
      let mail = names.mailOfUser[id] ?? statement.text(1) ?? ""
      people.insert(EventPerson(id: id, mail: mail.isEmpty ? id : mail))
    }
    return people
  }

  /// Hands out one person's events of a period, with a margin for zones.
  func read(
    _ database: borrowing Database, _ days: ClosedRange<Int>, of person: EventPerson,
    _ take: (EventFacts) throws -> Void
  ) throws {
    var scope = EventScope(days: days, filter, names)
    scope.person = person
    let id = EventQuery.partText(person.id, database.dialect)
    let mail = EventQuery.partText(person.mail, database.dialect)
    try read(database, scope, .any) { facts in
      if facts.user == id, facts.mail == mail { try take(facts) }
    }
  }
}

extension EntryFilter {
  func admits(_ facts: EventFacts) -> Bool {
    admits(person: facts.user, mail: facts.mail) && admits(categories: facts.categories)
  }
}

extension EventFacts {
  fileprivate init?(
    _ row: RawSpan, _ parts: borrowing EventParts, _ names: DatabaseNames
  ) throws {
    guard let start = try Self.time(row, parts, .start), let end = try Self.time(row, parts, .end)
    else { return nil }
    user = row.string(parts[.user])
    let mail = names.mailOfUser[user] ?? row.string(parts[.mail])
    self.mail = mail.isEmpty ? user : mail
    calendar = row.string(parts[.calendar])
    id = row.string(parts[.id])
    subject = row.string(parts[.subject])
    self.start = start.seconds
    self.end = max(start.seconds, end.seconds)
    let localStart = try Self.time(row, parts, .localStart) ?? start
    let localEnd = try Self.time(row, parts, .localEnd) ?? end
    days =
      row.holds("1", parts[.isAllDay])
      ? localStart.dayNumber..<max(localStart.dayNumber, localEnd.dayNumber) : nil
    zone = parts[.zone].isEmpty ? nil : row.string(parts[.zone])
    customZone =
      zone == nil
      ? try CustomZone(
        start: start.seconds, localStart: localStart.seconds, end: end.seconds,
        localEnd: localEnd.seconds) : nil
    showAs = parts[.showAs].isEmpty ? "unknown" : row.string(parts[.showAs])
    response = row.string(parts[.response])
    type = row.string(parts[.type])
    isCancelled = row.holds("1", parts[.isCancelled])
    categories = names.categories(row.string(parts[.categories]))
    organizer = row.string(parts[.organizer])
  }

  private static func time(
    _ row: RawSpan, _ parts: borrowing EventParts, _ field: EventQuery.Field
  ) throws -> WallTime? {
    guard !parts[field].isEmpty else { return nil }
    guard let time = WallTime(databaseText: row, parts[field]) else {
      let id = row.string(parts[.id])
      throw Failure(.badData, "the event \(id) of the database has a time that is none")
    }
    return time
  }
}
