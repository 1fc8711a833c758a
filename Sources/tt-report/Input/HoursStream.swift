internal import CivilTime
internal import NDJSON
internal import Records

/// Feeds the engine from a stream: each line is scanned, a dozen members are looked at, nothing else is decoded.
///
/// Texts become numbers by their bytes, so that a mail address or a list of categories is decoded once, however
/// many events carry it.
struct HoursStream: RecordSink, ~Copyable {
  var engine: HoursEngine
  private let filter: EntryFilter
  private let needsOrganizer: Bool
  private let rules: RuleBook?
  private let zoneOption: String?
  private var zones: ZoneBook
  private var meaning = CategoryNames()
  private let members = EventMembers()
  private var inner = ObjectScanner()
  private var seen = SeenEvents()

  private var personBytes = ByteNumbers()
  private var persons: [Int32] = []
  private var mailOfUser: [String: String] = [:]
  private var categoryBytes = ByteNumbers()
  private var labels: [Int32] = []
  private var usedCategories: Set<String> = []
  private var zoneBytes = ByteNumbers()
  private var zoneNumbers: [Int32] = []
  private var showAsBytes = ByteNumbers()
  private var showAsNumbers: [Int32] = []
  private var organizerBytes = ByteNumbers()
  private var organizers: [Int32] = []

  /// Stands for a person, or a set of categories, that the filter doesn't admit.
  private static let refused: Int32 = -1

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
  }

  mutating func take(user: UserRecord) {
    mailOfUser[user.id] = user.mail ?? user.userPrincipalName
  }

  mutating func take(category: CategoryRecord) throws {
    let name = meaning.spelling(of: category.name)
    guard let word = category.designation,
      let designation = CategoryNames.Designation(rawValue: word),
      meaning.designation(of: name) != designation
    else { return }
    // Events that were counted by the old meaning can't be counted again.
    guard !usedCategories.contains(name) else {
      throw RecordFault(
        "the category \"\(category.name)\" becomes \(word) after events have used it; "
          + "designations come before events")
    }
    meaning.designate(name, as: designation)
  }

  @inline(__always)
  mutating func take(event line: RawSpan, _ scanner: borrowing ObjectScanner) throws {
    let person = try person(line, scanner)
    guard person != Self.refused, isFirst(line, scanner, person) else { return }
    let labels = labels(line, scanner)
    guard labels != Self.refused else { return }
    var flags = try flags(line, scanner)
    var entry = Entry(
      start: 0, end: 0, person: person, zone: 0, labels: labels, showAs: showAs(line, scanner))
    if try scanner.flag(members.isAllDay, line) == true {
      flags.insert(.allDay)
      _ = try members.instant(members.start, line, scanner)
      entry.start = try members.day(members.localStart, line, scanner)
      entry.end = try members.day(members.localEnd, line, scanner)
    } else {
      entry.start = try members.instant(members.start, line, scanner)
      entry.end = try members.instant(members.end, line, scanner)
    }
    guard entry.end >= entry.start else { throw RecordFault("the event ends before it starts") }
    entry.zone = try zone(line, scanner)
    entry.flags = flags
    if needsOrganizer { entry.organizer = organizer(line, scanner) }
    if let rules { entry.labels = try self.labels(line, scanner, entry, rules) }
    engine.add(entry, id: engine.needsIds ? idBytes(line, scanner) : [])
  }
}

extension HoursStream {
  /// Whether the event wasn't there before; one without an id always counts.
  @inline(__always)
  private mutating func isFirst(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ person: Int32
  ) -> Bool {
    guard let id = scanner.value(members.id), id.kind == .string else { return true }
    return seen.insert(line, id.contents, person: person)
  }

  @inline(__always)
  private mutating func person(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    guard let value = scanner.value(members.user) ?? scanner.value(members.mail),
      value.kind == .string
    else { throw RecordFault("\"user\" is missing") }
    let (number, isNew) = personBytes.number(of: line, value.range)
    if isNew { persons.append(try newPerson(line, scanner)) }
    return persons[number]
  }

  private mutating func newPerson(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    let id = try scanner.text(members.user, line)
    let eventMail = try scanner.text(members.mail, line)
    let mail = id.flatMap { mailOfUser[$0] } ?? eventMail
    guard filter.admits(person: id, mail: mail) else { return Self.refused }
    return engine.catalog.addPerson(mail: mail ?? id ?? "")
  }

  @inline(__always)
  private mutating func labels(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> Int32 {
    let value = scanner.value(members.categories)
    let (number, isNew) = categoryBytes.number(of: line, value?.range ?? 0..<0)
    if isNew { labels.append(newLabels(value?.strings(line) ?? [])) }
    return labels[number]
  }

  private mutating func newLabels(_ names: [String]) -> Int32 {
    let names = names.map { meaning.spelling(of: $0) }
    usedCategories.formUnion(names)
    guard filter.admits(categories: names) else { return Self.refused }
    return engine.catalog.labels(ofCategories: names, meaning)
  }

  /// What the rules make of the event: they may look at members that nothing else reads.
  private mutating func labels(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ entry: Entry, _ rules: RuleBook
  ) throws -> Int32 {
    let names = scanner.value(members.categories)?.strings(line) ?? []
    var attendees: [String] = []
    if rules.needsAttendees, let list = scanner.value(members.attendees) {
      try list.forEachElement(line) { attendee in
        if let address = address(line, attendee) { attendees.append(address) }
      }
    }
    let zone = engine.catalog.zones[Int(entry.zone)]
    let subject = RuleSubject(
      categories: names.map { meaning.spelling(of: $0) },
      subject: try scanner.text(members.subject, line) ?? "",
      organizer: scanner.value(members.organizer).flatMap { address(line, $0) } ?? "",
      attendees: attendees, calendar: try scanner.text(members.calendar, line) ?? "primary",
      mail: engine.catalog.mails[Int(entry.person)],
      day: entry.isAllDay ? entry.start : zone.date(of: entry.start))
    return engine.catalog.labels(subject, rules, meaning)
  }

  /// The mail address of an organizer or attendee.
  private mutating func address(_ line: RawSpan, _ value: Value) -> String? {
    guard value.kind == .object, (try? inner.scan(line, value)) != nil,
      let mail = inner.value(members.emailAddress), mail.kind == .object,
      (try? inner.scan(line, mail)) != nil
    else { return nil }
    return inner.value(members.address)?.stringText(line)
  }

  @inline(__always)
  private mutating func flags(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Entry.Flags {
    var flags: Entry.Flags = []
    if let type = scanner.value(members.type), type.equals("seriesMaster", line) {
      flags.insert(.seriesMaster)
    }
    if try scanner.flag(members.isCancelled, line) == true { flags.insert(.cancelled) }
    if let status = scanner.value(members.responseStatus), status.kind == .object {
      try inner.scan(line, status)
      if let response = inner.value(members.response), response.equals("declined", line) {
        flags.insert(.declined)
      }
    }
    return flags
  }

  @inline(__always)
  private mutating func showAs(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> Int32 {
    let value = scanner.value(members.showAs)
    let (number, isNew) = showAsBytes.number(of: line, value?.range ?? 0..<0)
    if isNew {
      let name = value?.stringText(line) ?? "unknown"
      showAsNumbers.append(Int32(bitPattern: engine.catalog.showAs.number(of: name)))
    }
    return showAsNumbers[number]
  }

  @inline(__always)
  private mutating func zone(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    let value = zoneOption == nil ? scanner.value(members.zone) : nil
    if zoneOption == nil, value?.kind != .string { return try fixedZone(line, scanner) }
    let (number, isNew) = zoneBytes.number(of: line, value?.range ?? 0..<0)
    if isNew {
      let name = zoneOption ?? value?.text(line) ?? ""
      zoneNumbers.append(try zones.number(of: name, in: &engine.catalog))
    }
    return zoneNumbers[number]
  }

  /// A custom zone has no name: its days begin by the offset that the event's own start has.
  private mutating func fixedZone(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    let start = try members.instant(members.start, line, scanner)
    let offset = try members.offset(members.localStart, line, scanner, instant: start)
    return zones.number(ofOffset: offset, in: &engine.catalog)
  }

  private mutating func organizer(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> Int32 {
    let value = scanner.value(members.organizer)
    let (number, isNew) = organizerBytes.number(of: line, value?.range ?? 0..<0)
    if isNew { organizers.append(newOrganizer(line, value)) }
    return organizers[number]
  }

  private mutating func newOrganizer(_ line: RawSpan, _ value: Value?) -> Int32 {
    engine.catalog.organizer(value.flatMap { address(line, $0) } ?? "")
  }

  private func idBytes(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> [UInt8] {
    guard let value = scanner.value(members.id), value.kind == .string else { return [] }
    return value.unescaped(line)
  }
}
