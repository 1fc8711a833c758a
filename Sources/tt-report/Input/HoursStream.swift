internal import CivilTime
internal import NDJSON
internal import Records

/// Feeds an engine from a stream: each line is scanned, a dozen members are looked at, nothing else is decoded.
///
/// Entries of the period wait until the stream ends: an event may come again, and a later record may say what a
/// category stands for.
///
/// Texts become numbers by their bytes, so that a mail address or a list of categories is decoded once, however
/// many events carry it.
struct HoursStream<Engine: EntryEngine & ~Copyable>: RecordSink, ~Copyable {
  var engine: Engine
  private let filter: EntryFilter
  private let needsOrganizer: Bool
  private let rules: RuleBook?
  private let zoneOption: String?
  private var zones: ZoneBook
  private var names = SourceNames()
  private var members = EventMembers()
  private var inner = ObjectScanner()
  private var waiting = WaitingEntries()
  private var nameless: UInt64 = 0

  private var personBytes = ByteNumbers()
  private var persons: [Int32] = []
  /// A person is one, however the id is spelled.
  private var personOfKey: [String: Int32] = [:]
  private var mailOfUser: [String: String] = [:]
  private var categoryBytes = ByteNumbers()
  /// For each list of categories its names; nil where the filter doesn't admit them.
  private var categoryLists: [[String]?] = []
  private var origins = LabelOrigins()
  private var zoneBytes = ByteNumbers()
  private var zoneNumbers: [Int32] = []
  private var showAsBytes = ByteNumbers()
  private var showAsNumbers: [Int32] = []
  private var organizerBytes = ByteNumbers()
  private var organizers: [Int32] = []

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

  mutating func take(user: UserRecord) {
    mailOfUser[user.id] = user.mail ?? user.userPrincipalName
    if engine.needsUsers { names.add(user: user) }
  }

  mutating func take(category: CategoryRecord) {
    let name = names.meaning.spelling(of: category.name)
    names.add(category: name, color: category.color)
    if let word = category.designation, let known = CategoryNames.Designation(rawValue: word) {
      names.meaning.designate(name, as: known)
    }
  }

  @inline(__always)
  mutating func take(event line: RawSpan, _ scanner: borrowing ObjectScanner) throws {
    let person = try person(line, scanner)
    // Of everybody: the first to spell a category may be somebody whom the filter doesn't admit.
    let list = try categoryList(line, scanner)
    guard person != refused else { return }
    let hash = try idHash(line, scanner, person)
    let known = hash.flatMap { waiting.number(of: $0) }
    guard categoryLists[list] != nil else {
      if let known { waiting.remove(known) }
      return
    }
    var entry = try entry(line, scanner, person)
    guard engine.holds(entry) else {
      if let known { waiting.remove(known) }
      return
    }
    let rule = try rules.flatMap { try $0.place(for: subject(line, scanner, entry, list)) }
    entry.labels = origins.number(list, rule: rule)
    let organizer = needsOrganizer ? organizer(line, scanner) : nil
    if let known, let hash {
      waiting.replace(known, with: entry, hash, organizer: organizer)
    } else {
      waiting.append(
        entry, hash ?? withoutID(), organizer: organizer,
        id: engine.needsIds ? idBytes(line, scanner) : nil)
    }
  }

  @inline(__always)
  private mutating func entry(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ person: Int32
  ) throws -> Entry {
    var entry = Entry(
      start: 0, end: 0, person: person, zone: 0, labels: 0, showAs: showAs(line, scanner),
      flags: try flags(line, scanner))
    if try scanner.flag(&members.isAllDay, line) == true {
      entry.flags.insert(.allDay)
      _ = try scanner.instant(&members.start, line)
      entry.start = try scanner.day(&members.localStart, line)
      entry.end = try scanner.day(&members.localEnd, line)
    } else {
      entry.start = try scanner.instant(&members.start, line)
      entry.end = try scanner.instant(&members.end, line)
    }
    guard entry.end >= entry.start else { throw RecordFault("the event ends before it starts") }
    entry.zone = try zone(line, scanner)
    return entry
  }

  /// What came of all that came, and what else the stream said.
  consuming func finish() -> (outcome: Engine.Outcome, names: SourceNames) {
    let lists = origins.numbers.map { categoryLists[$0.list] ?? [] }
    let rulesOfOrigins = origins.numbers.map { $0.rule.flatMap { rules?.rules[$0] } }
    var names = names
    for name in categoryLists.lazy.compactMap(\.self).joined() { names.add(category: name) }
    // Taken out, not copied: what was handed out makes room for sums.
    var waiting = WaitingEntries()
    swap(&waiting, &self.waiting)
    var engine = engine
    let labels = zip(lists, rulesOfOrigins).map { list, rule in
      engine.catalog.labels(ofCategories: list, rule, names.meaning)
    }
    waiting.drain { entry, id in
      var entry = entry
      entry.labels = labels[Int(entry.labels)]
      engine.add(entry, id: id)
    }
    return (engine.finish(), names)
  }
}

extension HoursStream where Engine: ~Copyable {
  /// Tells an event from others; nil for one without an id, which is always another.
  @inline(__always)
  private mutating func idHash(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ person: Int32
  ) throws(RecordFault) -> UInt64? {
    guard let id = scanner.value(&members.id), !id.isNull else { return nil }
    guard id.kind == .string else { throw RecordFault("\"id\" is not a text") }
    guard !id.contents.isEmpty else { return nil }
    let salt = UInt64(truncatingIfNeeded: person) &* 0x9E37_79B9_7F4A_7C15
    return (id.hasEscapes ? hashOfText(line, id) : ByteNumbers.hash(line, id.contents)) ^ salt
  }

  @inline(never)
  private func hashOfText(_ line: RawSpan, _ id: Value) -> UInt64 {
    let text = id.unescaped(line)
    return unsafe ByteNumbers.hash(text.span.bytes, 0..<text.count)
  }

  private mutating func withoutID() -> UInt64 {
    nameless &+= 1
    return nameless &* 0x9E37_79B9_7F4A_7C15
  }

  @inline(__always)
  private mutating func person(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    guard let value = scanner.value(&members.user) ?? scanner.value(&members.mail),
      value.kind == .string
    else { throw RecordFault("\"user\" is missing") }
    let (number, isNew) = personBytes.number(of: line, value.range)
    if isNew { persons.append(try newPerson(line, scanner)) }
    return persons[number]
  }

  private mutating func newPerson(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    let id = try scanner.text(&members.user, line)
    let eventMail = try scanner.text(&members.mail, line)
    let key = id ?? eventMail ?? ""
    if let known = personOfKey[key] { return known }
    let mail = id.flatMap { mailOfUser[$0] } ?? eventMail
    let isAdmitted = filter.admits(person: id, mail: mail)
    let person = isAdmitted ? engine.catalog.addPerson(id: id ?? "", mail: mail ?? key) : refused
    personOfKey[key] = person
    return person
  }

  @inline(__always)
  private mutating func categoryList(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Int {
    let value = scanner.value(&members.categories)
    let (number, isNew) = categoryBytes.number(of: line, value?.range ?? 0..<0)
    if isNew {
      let list = try EventFacts.categories(value, line).map { names.meaning.spelling(of: $0) }
      let isAdmitted = filter.admits(categories: list)
      // What the report leaves out may still look like what it shows.
      if !isAdmitted { list.forEach { names.add(category: $0) } }
      categoryLists.append(isAdmitted ? list : nil)
    }
    return number
  }

  /// What rules look at: members that nothing else reads.
  private mutating func subject(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ entry: Entry, _ list: Int
  ) throws -> RuleSubject {
    var attendees: [String] = []
    if rules?.needsAttendees == true, let list = scanner.value(&members.attendees) {
      try list.forEachElement(line) { attendee in
        if let address = address(line, attendee) { attendees.append(address) }
      }
    }
    let zone = engine.catalog.zones[Int(entry.zone)]
    return RuleSubject(
      categories: categoryLists[list] ?? [],
      subject: try scanner.text(&members.subject, line) ?? "",
      organizer: scanner.value(&members.organizer).flatMap { address(line, $0) } ?? "",
      attendees: attendees, calendar: try scanner.text(&members.calendar, line) ?? "primary",
      mail: engine.catalog.mails[Int(entry.person)],
      day: entry.isAllDay ? entry.start : zone.date(of: entry.start))
  }

  /// The mail address of an organizer or attendee.
  private mutating func address(_ line: RawSpan, _ value: Value) -> String? {
    guard value.kind == .object, (try? inner.scan(line, value)) != nil,
      let mail = inner.value(&members.emailAddress), mail.kind == .object,
      (try? inner.scan(line, mail)) != nil
    else { return nil }
    return inner.value(&members.address)?.stringText(line)
  }

  @inline(__always)
  private mutating func flags(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Entry.Flags {
    var flags: Entry.Flags = []
    if let type = scanner.value(&members.type), type.equals("seriesMaster", line) {
      flags.insert(.seriesMaster)
    }
    if try scanner.flag(&members.isCancelled, line) == true { flags.insert(.cancelled) }
    if let status = scanner.value(&members.responseStatus), status.kind == .object {
      try inner.scan(line, status)
      if let response = inner.value(&members.response), response.equals("declined", line) {
        flags.insert(.declined)
      }
    }
    return flags
  }

  @inline(__always)
  private mutating func showAs(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> Int32 {
    let value = scanner.value(&members.showAs)
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
    let value = zoneOption == nil ? scanner.value(&members.zone) : nil
    if zoneOption == nil, value?.kind != .string { return try customZone(line, scanner) }
    let (number, isNew) = zoneBytes.number(of: line, value?.range ?? 0..<0)
    if isNew {
      let name = zoneOption ?? value?.text(line) ?? ""
      zoneNumbers.append(try zones.number(of: name, in: &engine.catalog))
    }
    return zoneNumbers[number]
  }

  private mutating func customZone(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws -> Int32 {
    zones.number(of: try scanner.customZone(&members, line), in: &engine.catalog)
  }

  private mutating func organizer(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> Int32 {
    let value = scanner.value(&members.organizer)
    let (number, isNew) = organizerBytes.number(of: line, value?.range ?? 0..<0)
    if isNew { organizers.append(newOrganizer(line, value)) }
    return organizers[number]
  }

  private mutating func newOrganizer(_ line: RawSpan, _ value: Value?) -> Int32 {
    engine.catalog.organizer(value.flatMap { address(line, $0) } ?? "")
  }

  private mutating func idBytes(_ line: RawSpan, _ scanner: borrowing ObjectScanner) -> [UInt8] {
    guard let value = scanner.value(&members.id), value.kind == .string else { return [] }
    return value.unescaped(line)
  }
}
