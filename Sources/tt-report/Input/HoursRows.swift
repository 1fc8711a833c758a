internal import CivilTime
internal import Console
internal import Database
internal import NDJSON
internal import Records
internal import Schema

/// Feeds an engine from the database: rows come in blocks, texts become numbers by their bytes.
struct HoursRows<Engine: EntryEngine & ~Copyable>: ~Copyable {
  var engine: Engine
  private let filter: EntryFilter
  private let zoneOption: String?
  private let needsOrganizer: Bool
  private let rules: RuleBook?
  private var zones: ZoneBook
  private(set) var names = DatabaseNames()

  private var personBytes = ByteNumbers()
  private var persons: [Int32] = []
  private var categoryBytes = ByteNumbers()
  private var labels: [Int32] = []
  private var zoneBytes = ByteNumbers()
  private var zoneNumbers: [Int32] = []
  private var showAsBytes = ByteNumbers()
  private var showAsNumbers: [Int32] = []
  private var organizerBytes = ByteNumbers()
  private var organizers: [Int32] = []
  private var lastPerson: Int32 = -1

  /// Stands for a person, or a set of categories, that the filter doesn't admit.
  private var refused: Int32 { -1 }

  init(
    engine: consuming Engine, filter: EntryFilter, zones: ZoneBook, zone: String?,
    needsOrganizer: Bool, rules: RuleBook? = nil
  ) {
    self.rules = rules
    self.engine = engine
    self.filter = filter
    self.zones = zones
    zoneOption = zone
    self.needsOrganizer = needsOrganizer
  }

  /// Takes every event of the period.
  mutating func read(_ database: borrowing Database) throws {
    names = try DatabaseNames(database)
    if engine.needsUsers { try names.readSettings(database) }
    let query = EventQuery(
      database.dialect, EventScope(days: engine.days, filter, names), upTo: lastField,
      engine.needsIds ? .byPerson : .any)
    try query.run(database) { row, parts in try take(row, parts) }
  }

  /// The last part of a row that is looked at.
  private var lastField: EventQuery.Field {
    if rules != nil { return .subject }
    return needsOrganizer ? .organizer : engine.needsIds ? .id : .localEnd
  }
}

extension HoursRows where Engine: ~Copyable {
  @inline(__always)
  private mutating func take(_ row: RawSpan, _ parts: borrowing EventParts) throws {
    let person = person(row, parts)
    guard person != refused else { return }
    let labels = labels(row, parts)
    guard labels != refused else { return }
    if person != lastPerson, engine.needsIds { engine.settlePerson() }
    lastPerson = person
    let start = try wallTime(row, parts[.start])
    let end = try wallTime(row, parts[.end])
    var entry = Entry(
      start: start.seconds, end: end.seconds, person: person, zone: 0, labels: labels,
      showAs: showAs(row, parts), flags: flags(row, parts))
    entry.zone = try zone(row, parts, start: start, end: end)
    if entry.isAllDay {
      entry.start = try localTime(row, parts[.localStart], else: start).dayNumber
      entry.end = try localTime(row, parts[.localEnd], else: end).dayNumber
    }
    guard entry.end >= entry.start else {
      throw Failure(.badData, "an event of the database ends before it starts")
    }
    if needsOrganizer { entry.organizer = organizer(row, parts) }
    if let rules { entry.labels = self.labels(row, parts, entry, rules) }
    engine.add(entry, id: engine.needsIds ? Array(copying: row, parts[.id]) : [])
  }

  @inline(__always)
  private func flags(_ row: RawSpan, _ parts: borrowing EventParts) -> Entry.Flags {
    var flags: Entry.Flags = []
    if row.holds("1", parts[.isAllDay]) { flags.insert(.allDay) }
    if row.holds("1", parts[.isCancelled]) { flags.insert(.cancelled) }
    if row.holds("declined", parts[.response]) { flags.insert(.declined) }
    if row.holds("seriesMaster", parts[.type]) { flags.insert(.seriesMaster) }
    return flags
  }

  @inline(__always)
  private func wallTime(_ row: RawSpan, _ range: Range<Int>) throws -> WallTime {
    guard let wall = WallTime(databaseText: row, range) else {
      throw Failure(.badData, "an event of the database has a time that is none")
    }
    return wall
  }

  private func localTime(
    _ row: RawSpan, _ range: Range<Int>, else other: WallTime
  ) throws -> WallTime {
    range.isEmpty ? other : try wallTime(row, range)
  }

  @inline(__always)
  private mutating func person(_ row: RawSpan, _ parts: borrowing EventParts) -> Int32 {
    let range = parts[.user].isEmpty ? parts[.mail] : parts[.user]
    let (number, isNew) = personBytes.number(of: row, range)
    if isNew { persons.append(newPerson(row, parts)) }
    return persons[number]
  }

  private mutating func newPerson(_ row: RawSpan, _ parts: borrowing EventParts) -> Int32 {
    let id = row.string(parts[.user])
    let mail = names.mailOfUser[id] ?? row.string(parts[.mail])
    guard filter.admits(person: id, mail: mail) else { return refused }
    return engine.catalog.addPerson(id: id, mail: mail.isEmpty ? id : mail)
  }

  @inline(__always)
  private mutating func labels(_ row: RawSpan, _ parts: borrowing EventParts) -> Int32 {
    let (number, isNew) = categoryBytes.number(of: row, parts[.categories])
    if isNew { labels.append(newLabels(row.string(parts[.categories]))) }
    return labels[number]
  }

  private mutating func newLabels(_ ids: String) -> Int32 {
    let categories = names.categories(ids)
    guard filter.admits(categories: categories) else { return refused }
    return engine.catalog.labels(ofCategories: categories, names.meaning)
  }

  private mutating func labels(
    _ row: RawSpan, _ parts: borrowing EventParts, _ entry: Entry, _ rules: RuleBook
  ) -> Int32 {
    let zone = engine.catalog.zones[Int(entry.zone)]
    let subject = RuleSubject(
      categories: names.categories(row.string(parts[.categories])),
      subject: row.string(parts[.subject]), organizer: row.string(parts[.organizer]),
      attendees: [], calendar: row.string(parts[.calendar]),
      mail: engine.catalog.mails[Int(entry.person)],
      day: entry.isAllDay ? entry.start : zone.date(of: entry.start))
    return engine.catalog.labels(subject, rules, names.meaning)
  }

  @inline(__always)
  private mutating func showAs(_ row: RawSpan, _ parts: borrowing EventParts) -> Int32 {
    let (number, isNew) = showAsBytes.number(of: row, parts[.showAs])
    if isNew {
      let name = row.string(parts[.showAs])
      showAsNumbers.append(
        Int32(bitPattern: engine.catalog.showAs.number(of: name.isEmpty ? "unknown" : name)))
    }
    return showAsNumbers[number]
  }

  @inline(__always)
  private mutating func zone(
    _ row: RawSpan, _ parts: borrowing EventParts, start: WallTime, end: WallTime
  ) throws -> Int32 {
    if let zoneOption { return try zones.number(of: zoneOption, in: &engine.catalog) }
    guard !parts[.zone].isEmpty else {
      return try customZone(row, parts, start: start, end: end)
    }
    let (number, isNew) = zoneBytes.number(of: row, parts[.zone])
    if isNew {
      let name = row.string(parts[.zone])
      zoneNumbers.append(try zones.number(of: name, in: &engine.catalog))
    }
    return zoneNumbers[number]
  }

  private mutating func customZone(
    _ row: RawSpan, _ parts: borrowing EventParts, start: WallTime, end: WallTime
  ) throws -> Int32 {
    let zone = try CustomZone(
      start: start.seconds,
      localStart: try localTime(row, parts[.localStart], else: start).seconds,
      end: end.seconds, localEnd: try localTime(row, parts[.localEnd], else: end).seconds)
    return zones.number(of: zone, in: &engine.catalog)
  }

  private mutating func organizer(_ row: RawSpan, _ parts: borrowing EventParts) -> Int32 {
    let (number, isNew) = organizerBytes.number(of: row, parts[.organizer])
    if isNew {
      organizers.append(engine.catalog.organizer(row.string(parts[.organizer])))
    }
    return organizers[number]
  }
}
