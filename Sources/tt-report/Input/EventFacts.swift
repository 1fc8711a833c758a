internal import CivilTime
internal import NDJSON
internal import Records

/// One event in full, for commands that look at events one by one.
struct EventFacts: Sendable {
  var user: String
  var mail: String
  var calendar: String
  var id: String
  var subject: String
  var start: Int
  var end: Int
  /// Of an all-day event, its dates, the end being the day after.
  var days: Range<Int>?
  var zone: String?
  /// The zone of an event that has none by name.
  var customZone: CustomZone?
  var showAs: String
  var response: String
  var type: String
  var isCancelled: Bool
  var categories: [String]
  var organizer: String
  var attendees: [String] = []

  var flags: Entry.Flags {
    var flags: Entry.Flags = []
    if days != nil { flags.insert(.allDay) }
    if isCancelled { flags.insert(.cancelled) }
    if response == "declined" { flags.insert(.declined) }
    if type == "seriesMaster" { flags.insert(.seriesMaster) }
    return flags
  }
}

extension EventFacts {
  /// The number of the zone in which the event's days begin.
  fileprivate func number(
    in zones: inout ZoneBook, zone option: String?, _ catalog: inout Catalog
  ) throws -> Int32 {
    if let customZone, option == nil { return zones.number(of: customZone, in: &catalog) }
    return try zones.number(of: option ?? zone ?? "UTC", in: &catalog)
  }

  /// What rules see of the event.
  func ruleSubject(_ zone: ZoneDays) -> RuleSubject {
    RuleSubject(
      categories: categories, subject: subject, organizer: organizer, attendees: attendees,
      calendar: calendar, mail: mail, day: days?.lowerBound ?? zone.date(of: start))
  }
}

/// All events that a command asked for, and what categories stand for.
struct EventBook: Sendable {
  var events: [EventFacts] = []
  var meaning = CategoryNames()

  /// Feeds an engine with events, in order; `mark` says what stands in place of the organizer.
  func feed(
    _ engine: inout HoursEngine, _ zones: inout ZoneBook, zone option: String?,
    rules: RuleBook?, mark: (EventFacts) -> String?
  ) throws {
    var persons: [String: Int32] = [:]
    var labels: [[String]: Int32] = [:]
    for facts in events {
      let key = facts.user.isEmpty ? facts.mail : facts.user
      let person = persons[key] ?? engine.catalog.addPerson(id: facts.user, mail: facts.mail)
      persons[key] = person
      let zone = try facts.number(in: &zones, zone: option, &engine.catalog)
      var entry = Entry(
        start: facts.days?.lowerBound ?? facts.start, end: facts.days?.upperBound ?? facts.end,
        person: person, zone: zone, labels: 0,
        showAs: Int32(bitPattern: engine.catalog.showAs.number(of: facts.showAs)),
        flags: facts.flags)
      if let rules {
        let days = engine.catalog.zones[Int(zone)]
        entry.labels = engine.catalog.labels(facts.ruleSubject(days), rules, meaning)
      } else {
        let known = labels[facts.categories]
        entry.labels = known ?? engine.catalog.labels(ofCategories: facts.categories, meaning)
        labels[facts.categories] = entry.labels
      }
      entry.organizer = Int32(
        bitPattern: mark(facts).map { engine.catalog.organizers.number(of: $0) } ?? noName)
      engine.add(entry, id: Array(facts.id.utf8))
    }
  }
}

extension EventFacts {
  /// An event's categories as they came.
  static func categories(_ value: Value?, _ line: RawSpan) throws(RecordFault) -> [String] {
    guard let value, !value.isNull else { return [] }
    guard value.kind == .array else { throw RecordFault("\"categories\" is not an array") }
    guard let names = value.stringsOnly(line) else {
      throw RecordFault("\"categories\" holds something that is not a text")
    }
    return names
  }
}

/// Gathers events from a stream.
struct FactsStream: RecordSink, ~Copyable {
  private(set) var book = EventBook()
  private let filter: EntryFilter
  private var members = EventMembers()
  private var inner = ObjectScanner()
  private var mailOfUser: [String: String] = [:]
  /// The place of each event in the book; what comes again takes the place of what came first.
  private var places: [[String]: Int] = [:]
  private var events: [EventFacts?] = []

  init(filter: EntryFilter) { self.filter = filter }

  mutating func take(user: UserRecord) {
    mailOfUser[user.id] = user.mail ?? user.userPrincipalName
  }

  mutating func take(category: CategoryRecord) {
    _ = book.meaning.spelling(of: category.name)
    if let word = category.designation, let found = CategoryNames.Designation(rawValue: word) {
      book.meaning.designate(category.name, as: found)
    }
  }

  mutating func take(event line: RawSpan, _ scanner: borrowing ObjectScanner) throws {
    let user = try scanner.text(&members.user, line) ?? ""
    let mail = try mailOfUser[user] ?? scanner.text(&members.mail, line) ?? user
    let spelled = try EventFacts.categories(scanner.value(&members.categories), line)
    var categories: [String] = []
    for name in spelled.map({ book.meaning.spelling(of: $0) }) where !categories.contains(name) {
      categories.append(name)
    }
    guard filter.admits(person: user, mail: mail) else { return }
    let id = try scanner.text(&members.id, line) ?? ""
    let place = place(id.isEmpty ? nil : [user, mail, id])
    events[place] = nil
    guard filter.admits(categories: categories) else { return }
    let start = try scanner.instant(&members.start, line)
    let end = try scanner.instant(&members.end, line)
    guard end >= start else { throw RecordFault("the event ends before it starts") }
    let zone = try scanner.text(&members.zone, line)
    let isAllDay = try scanner.flag(&members.isAllDay, line) == true
    let days =
      isAllDay
      ? try scanner.day(&members.localStart, line)..<scanner.day(&members.localEnd, line)
      : nil
    events[place] =
      EventFacts(
        user: user, mail: mail, calendar: try scanner.text(&members.calendar, line) ?? "primary",
        id: id,
        subject: try scanner.text(&members.subject, line) ?? "", start: start, end: end, days: days,
        zone: zone, customZone: zone == nil ? try scanner.customZone(&members, line) : nil,
        showAs: try scanner.text(&members.showAs, line) ?? "unknown",
        response: try response(line, scanner), type: try scanner.text(&members.type, line) ?? "",
        isCancelled: try scanner.flag(&members.isCancelled, line) == true, categories: categories,
        organizer: try organizer(line, scanner), attendees: try attendees(line, scanner))
  }

  private mutating func place(_ key: [String]?) -> Int {
    if let key, let place = places[key] { return place }
    if let key { places[key] = events.count }
    events.append(nil)
    return events.count - 1
  }

  private mutating func attendees(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> [String] {
    var addresses: [String] = []
    try scanner.value(&members.attendees)?.forEachElement(line) { attendee in
      guard attendee.kind == .object else { return }
      try inner.scan(line, attendee)
      guard let address = try inner.object(&members.emailAddress) else { return }
      try inner.scan(line, address)
      if let text = try inner.text(&members.address, line) { addresses.append(text) }
    }
    return addresses
  }

  private mutating func response(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> String {
    guard let place = try scanner.object(&members.responseStatus) else { return "" }
    try inner.scan(line, place)
    return try inner.text(&members.response, line) ?? ""
  }

  private mutating func organizer(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> String {
    guard let place = try scanner.object(&members.organizer) else { return "" }
    try inner.scan(line, place)
    guard let address = try inner.object(&members.emailAddress) else { return "" }
    try inner.scan(line, address)
    return try inner.text(&members.address, line) ?? ""
  }

  consuming func finish() -> EventBook {
    var book = book
    book.events = events.compactMap(\.self)
    return book
  }
}
