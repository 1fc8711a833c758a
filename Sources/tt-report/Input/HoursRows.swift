internal import CivilTime
internal import Console
internal import Database
internal import NDJSON
internal import ODBC
internal import Records
internal import Schema

/// Feeds the engine from the database: rows come in blocks, texts become numbers by their bytes.
struct HoursRows: ~Copyable {
  var engine: HoursEngine
  private let filter: EntryFilter
  private let zoneOption: String?
  private let needsOrganizer: Bool
  private let rules: RuleBook?
  private var zones: ZoneBook
  private var names = DatabaseNames()

  private var parts = EventParts()
  private var fields: [EventQuery.Field] = []
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
  private var lastPerson: Int32 = HoursRows.refused

  private static let refused: Int32 = -1
  private static let rowsPerFetch = 64

  /// Where each part stands that is always asked for.
  private enum Place {
    static let user = 0, mail = 1, start = 2, end = 3, zone = 4, showAs = 5, isAllDay = 6
    static let isCancelled = 7, response = 8, type = 9, categories = 10, localStart = 11
    static let localEnd = 12, id = 13, organizer = 14, calendar = 15, subject = 16
  }

  init(
    engine: consuming HoursEngine, filter: EntryFilter, zones: ZoneBook, zone: String?,
    needsOrganizer: Bool, rules: RuleBook? = nil
  ) {
    self.rules = rules
    self.engine = engine
    self.filter = filter
    self.zones = zones
    zoneOption = zone
    self.needsOrganizer = needsOrganizer
    // Both or none, so that each has its place.
    let isRich = needsOrganizer || self.engine.needsIds
    let count = rules != nil ? 17 : isRich ? 15 : 13
    fields = Array(EventQuery.Field.allCases.prefix(count))
  }

  /// Takes every event of the period.
  mutating func read(_ database: borrowing Database) throws {
    names = try DatabaseNames(database)
    let query = EventQuery(
      dialect: database.dialect, days: engine.plan.days, fields: fields,
      isOrdered: engine.needsIds)
    var statement = try database.connection.prepare(query.sql)
    try statement.bind(columns: query.columns, rowsPerFetch: Self.rowsPerFetch)
    try statement.execute()
    while try statement.next() {
      try statement.withUTF8(0) { (row: RawSpan?) throws in
        if let row { try take(row) }
      }
    }
  }
}

extension HoursRows {
  @inline(__always)
  private mutating func take(_ row: RawSpan) throws {
    guard parts.split(row, count: fields.count) else {
      throw Failure(.badData, "an event of the database holds a control character")
    }
    let person = person(row)
    guard person != Self.refused else { return }
    let labels = labels(row)
    guard labels != Self.refused else { return }
    if person != lastPerson, engine.needsIds { engine.settleOverlap() }
    lastPerson = person
    let start = try wallTime(row, Place.start)
    let end = try wallTime(row, Place.end)
    var entry = Entry(
      start: start.seconds, end: end.seconds, person: person, zone: 0, labels: labels,
      showAs: showAs(row), flags: flags(row))
    entry.zone = try zone(row, start: start, end: end)
    if entry.isAllDay {
      entry.start = try localTime(row, Place.localStart, else: start).dayNumber
      entry.end = try localTime(row, Place.localEnd, else: end).dayNumber
    }
    guard entry.end >= entry.start else {
      throw Failure(.badData, "an event of the database ends before it starts")
    }
    if needsOrganizer { entry.organizer = organizer(row) }
    if let rules { entry.labels = self.labels(row, entry, rules) }
    engine.add(entry, id: engine.needsIds ? Array(copying: row, parts[Place.id]) : [])
  }

  @inline(__always)
  private func flags(_ row: RawSpan) -> Entry.Flags {
    var flags: Entry.Flags = []
    if isSet(row, Place.isAllDay) { flags.insert(.allDay) }
    if isSet(row, Place.isCancelled) { flags.insert(.cancelled) }
    if row.holds("declined", parts[Place.response]) { flags.insert(.declined) }
    if row.holds("seriesMaster", parts[Place.type]) { flags.insert(.seriesMaster) }
    return flags
  }

  @inline(__always)
  private func isSet(_ row: RawSpan, _ place: Int) -> Bool {
    let range = parts[place]
    return range.count == 1 && row.byte(at: range.lowerBound) == UInt8(ascii: "1")
  }

  @inline(__always)
  private func wallTime(_ row: RawSpan, _ place: Int) throws -> WallTime {
    guard let wall = WallTime(databaseText: row, parts[place]) else {
      throw Failure(.badData, "an event of the database has a time that is none")
    }
    return wall
  }

  private func localTime(
    _ row: RawSpan, _ place: Int, else other: WallTime
  ) throws -> WallTime {
    parts[place].isEmpty ? other : try wallTime(row, place)
  }

  @inline(__always)
  private mutating func person(_ row: RawSpan) -> Int32 {
    let place = parts[Place.user].isEmpty ? Place.mail : Place.user
    let (number, isNew) = personBytes.number(of: row, parts[place])
    if isNew { persons.append(newPerson(row)) }
    return persons[number]
  }

  private mutating func newPerson(_ row: RawSpan) -> Int32 {
    let id = row.string(parts[Place.user])
    let mail = names.mailOfUser[id] ?? row.string(parts[Place.mail])
    guard filter.admits(person: id, mail: mail) else { return Self.refused }
    return engine.catalog.addPerson(mail: mail.isEmpty ? id : mail)
  }

  @inline(__always)
  private mutating func labels(_ row: RawSpan) -> Int32 {
    let (number, isNew) = categoryBytes.number(of: row, parts[Place.categories])
    if isNew { labels.append(newLabels(row.string(parts[Place.categories]))) }
    return labels[number]
  }

  private mutating func newLabels(_ ids: String) -> Int32 {
    let categories = names.categories(ids)
    guard filter.admits(categories: categories) else { return Self.refused }
    return engine.catalog.labels(ofCategories: categories, names.meaning)
  }

  private mutating func labels(_ row: RawSpan, _ entry: Entry, _ rules: RuleBook) -> Int32 {
    let zone = engine.catalog.zones[Int(entry.zone)]
    let subject = RuleSubject(
      categories: names.categories(row.string(parts[Place.categories])),
      subject: row.string(parts[Place.subject]), organizer: row.string(parts[Place.organizer]),
      attendees: [], calendar: row.string(parts[Place.calendar]),
      mail: engine.catalog.mails[Int(entry.person)],
      day: entry.isAllDay ? entry.start : zone.date(of: entry.start))
    return engine.catalog.labels(subject, rules, names.meaning)
  }

  @inline(__always)
  private mutating func showAs(_ row: RawSpan) -> Int32 {
    let (number, isNew) = showAsBytes.number(of: row, parts[Place.showAs])
    if isNew {
      let name = row.string(parts[Place.showAs])
      showAsNumbers.append(
        Int32(bitPattern: engine.catalog.showAs.number(of: name.isEmpty ? "unknown" : name)))
    }
    return showAsNumbers[number]
  }

  @inline(__always)
  private mutating func zone(_ row: RawSpan, start: WallTime, end: WallTime) throws -> Int32 {
    if let zoneOption { return try zones.number(of: zoneOption, in: &engine.catalog) }
    guard !parts[Place.zone].isEmpty else { return try customZone(row, start: start, end: end) }
    let (number, isNew) = zoneBytes.number(of: row, parts[Place.zone])
    if isNew {
      let name = row.string(parts[Place.zone])
      zoneNumbers.append(try zones.number(of: name, in: &engine.catalog))
    }
    return zoneNumbers[number]
  }

  private mutating func customZone(
    _ row: RawSpan, start: WallTime, end: WallTime
  ) throws -> Int32 {
    let zone = try CustomZone(
      start: start.seconds,
      localStart: try localTime(row, Place.localStart, else: start).seconds,
      end: end.seconds, localEnd: try localTime(row, Place.localEnd, else: end).seconds)
    return zones.number(of: zone, in: &engine.catalog)
  }

  private mutating func organizer(_ row: RawSpan) -> Int32 {
    let (number, isNew) = organizerBytes.number(of: row, parts[Place.organizer])
    if isNew {
      organizers.append(engine.catalog.organizer(row.string(parts[Place.organizer])))
    }
    return organizers[number]
  }
}

extension RawSpan {
  func string(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Whether just these bytes stand there.
  @inline(__always)
  func holds(_ word: StaticString, _ range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<range.count {
      guard unsafe byte(at: range.lowerBound &+ index) == word.utf8Start[index] else {
        return false
      }
    }
    return true
  }
}

extension WallTime {
  /// `2026-03-29 07:00:00` as databases write it, where RFC 3339 has a `T`; a fraction is dropped.
  @inline(__always)
  init?(databaseText bytes: RawSpan, _ range: Range<Int>) {
    guard range.count >= 19 else { return nil }
    let start = range.lowerBound
    guard let century = bytes.pair(start), let year = bytes.pair(start &+ 2),
      let month = bytes.pair(start &+ 5), let day = bytes.pair(start &+ 8),
      let hour = bytes.pair(start &+ 11), hour < 24, let minute = bytes.pair(start &+ 14),
      minute < 60, let second = bytes.pair(start &+ 17), second < 60,
      let date = CivilDate(year: century &* 100 &+ year, month: month, day: day)
    else { return nil }
    self.init(date, secondOfDay: hour &* 3600 &+ minute &* 60 &+ second)
  }
}

extension RawSpan {
  /// The number of two decimal digits.
  @inline(__always)
  fileprivate func pair(_ offset: Int) -> Int? {
    let tens = byte(at: offset) &- UInt8(ascii: "0")
    let ones = byte(at: offset &+ 1) &- UInt8(ascii: "0")
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) &* 10 &+ Int(ones)
  }
}
