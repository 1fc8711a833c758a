internal import Console

/// What came of a source's entries, what else it says, and why it isn't whole if it isn't.
struct Gathered<Outcome: Sendable>: Sendable {
  let outcome: Outcome
  let names: SourceNames
  let failure: Failure?
}

extension SourceOptions {
  func gather<Engine: EntryEngine & ~Copyable>(
    into engine: consuming Engine, _ almanac: Almanac, _ world: World,
    needsOrganizer: Bool = false, rules: RuleBook? = nil
  ) throws -> Gathered<Engine.Outcome> {
    if let tz { _ = try almanac.rules(option: tz) }
    var engine = engine
    engine.catalog.isAnonymous = anonymise
    if input == "-" {
      let sink = hoursStream(engine, almanac, needsOrganizer: needsOrganizer, rules: rules)
      return try Self.readStream(sink, world)
    }
    guard rules?.needsAttendees != true else {
      throw Failure(
        .configuration, "a rule looks at attendees, and the database doesn't keep them",
        hint: "report from the stream: tt-fetch | tt-tz | tt-report -")
    }
    let days = engine.days
    var rows = HoursRows(
      engine: engine, filter: filter, zones: almanac.zoneBook(days), zone: tz,
      needsOrganizer: needsOrganizer, rules: rules)
    try withDatabase(world) { try rows.read($0) }
    let names = rows.names.names
    return Gathered(outcome: rows.engine.finish(), names: names, failure: nil)
  }

  /// The way from records to the engine.
  func hoursStream<Engine: EntryEngine & ~Copyable>(
    _ engine: consuming Engine, _ almanac: Almanac, needsOrganizer: Bool, rules: RuleBook? = nil
  ) -> HoursStream<Engine> {
    let days = engine.days
    return HoursStream(
      engine: engine, filter: filter, zones: almanac.zoneBook(days), zone: tz,
      needsOrganizer: needsOrganizer, rules: rules)
  }

  private static func readStream<Engine: EntryEngine & ~Copyable>(
    _ sink: consuming HoursStream<Engine>, _ world: World
  ) throws -> Gathered<Engine.Outcome> {
    let stream = try stream(into: sink, world)
    let failure = stream.cut
    let (outcome, names) = stream.finish().finish()
    return Gathered(outcome: outcome, names: names, failure: failure)
  }

  /// The stream of stdin, read to its end.
  private static func stream<Sink: RecordSink & ~Copyable>(
    into sink: consuming Sink, _ world: World
  ) throws -> RecordStream<Sink> {
    var stream = RecordStream(sink)
    var nothing = StandardOutput()
    try LineInput().pump(&stream, to: &nothing)
    stream.notes.warn(world.log)
    return stream
  }
}

extension SourceOptions {
  /// Hands out the events of a period, with a margin for zones, person by person in the order of the names that a
  /// report calls them; says why they aren't whole if they aren't.
  ///
  /// People who go by the same name are handed out together.
  func eachPerson(
    of period: Period, _ world: World, onlyIfWhole: Bool = false,
    _ take: (String, EventBook) throws -> Void
  ) throws -> Failure? {
    if input == "-" {
      let (book, failure) = try bookOfStream(world)
      if onlyIfWhole, let failure { throw failure }
      let events = Dictionary(grouping: book.events) { name($0.mail) }
      for name in events.keys.sorted(by: precedes) {
        try take(name, EventBook(events: events[name] ?? [], meaning: book.meaning))
      }
      return failure
    }
    try withDatabase(world) { database in
      let rows = try FactsRows(database, filter)
      let people = try Dictionary(grouping: rows.people(database, period.days)) { name($0.mail) }
      for name in people.keys.sorted(by: precedes) {
        var book = EventBook(meaning: rows.names.meaning)
        for person in people[name] ?? [] {
          try rows.read(database, period.days, of: person) { book.events.append($0) }
        }
        try take(name, book)
      }
    }
    return nil
  }

  /// What a report calls the person of a mail address.
  func name(_ mail: String) -> String { anonymise ? Pseudonym.of(mail) : mail }

  /// Hands out the events of a period, with a margin for zones, in their order, and what categories mean; says why
  /// they aren't whole if they aren't.
  func eachEvent(
    of period: Period, _ world: World, _ take: (EventFacts, CategoryNames) throws -> Void
  ) throws -> Failure? {
    if input == "-" {
      let (book, failure) = try bookOfStream(world)
      for facts in book.events.sorted(by: EventFacts.isBefore) { try take(facts, book.meaning) }
      return failure
    }
    try withDatabase(world) { database in
      let rows = try FactsRows(database, filter)
      try rows.readInOrder(database, period.days) { try take($0, rows.names.meaning) }
    }
    return nil
  }

  /// An event, and at least what its person has on the same days; and why it isn't whole if it isn't.
  func book(
    around event: String, _ world: World
  ) throws -> (book: EventBook, failure: Failure?) {
    if input == "-" { return try bookOfStream(world) }
    var book = EventBook()
    try withDatabase(world) { book = try EventBook($0, around: event, filter) }
    return (book, nil)
  }

  private func bookOfStream(_ world: World) throws -> (book: EventBook, failure: Failure?) {
    let stream = try Self.stream(into: FactsStream(filter: filter), world)
    let failure = stream.cut
    return (stream.finish().finish(), failure)
  }
}
