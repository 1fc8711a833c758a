internal import ArgumentParser
internal import Console
internal import Database
internal import ODBC
internal import Records
internal import Schema

/// Where entries come from, and whose.
struct SourceOptions: ParsableArguments {
  @Argument(help: "- reads records from stdin instead of the database.")
  var input: String?

  @Option(
    help: ArgumentHelp(
      "The database: sqlite:PATH, dsn:NAME or an ODBC connection string.", valueName: "database"))
  var db: String?

  @Option(
    help: ArgumentHelp(
      "Only these people: mail addresses or ids, with commas between.", valueName: "people"))
  var user: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only events of this category; may be repeated.", valueName: "name"))
  var category: [String] = []

  @Option(
    help: ArgumentHelp("Days begin in this zone, not in each person's own.", valueName: "zone"))
  var tz: String?

  @Flag(help: "Show people by stable pseudonyms.")
  var anonymise = false

  mutating func validate() throws {
    guard input == nil || input == "-" else {
      throw ValidationError("the input is - or nothing, not \"\(printable(input ?? ""))\"")
    }
    guard input == nil || db == nil else {
      throw ValidationError("- reads records from stdin; --db can't be combined with it")
    }
  }

  var filter: EntryFilter {
    EntryFilter(
      users: user.map { Set($0.split(separator: ",").map { $0.lowercased() }) },
      categories: category.isEmpty ? nil : Set(category.map(EntryFilter.key)))
  }
}

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
  /// Every event that the source has of a period, and why it isn't whole if it isn't.
  func book(_ period: Period, _ world: World) throws -> (book: EventBook, failure: Failure?) {
    if input == "-" { return try bookOfStream(world) }
    var book = EventBook()
    try withDatabase(world) { book = try EventBook($0, period.days, filter) }
    return (book, nil)
  }

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

  /// Opens the database for reading; failures name it.
  func withDatabase(_ world: World, _ body: (borrowing Database) throws -> Void) throws {
    try Self.withDatabase(db, world, body)
  }

  static func withDatabase(
    _ db: String?, _ world: World, _ body: (borrowing Database) throws -> Void
  ) throws {
    let opener = try DatabaseOpener(option: db, world)
    guard opener.exists else {
      throw Failure(
        .missingInput, "there is no database at \(opener.place)",
        hint: "load one first: tt-fetch | tt-tz | tt-load")
    }
    do {
      let database = try opener.open(for: .reading)
      try body(database)
    } catch let error as DatabaseError {
      throw error.failure(place: opener.place)
    } catch let error as ODBCError where error.isMissingTable {
      throw Failure(
        .missingInput, "there are no calendars in the database at \(opener.place)",
        hint: "load some first: tt-fetch | tt-tz | tt-load; or name another database with --db")
    } catch let error as ODBCError {
      let dialect: Dialect = opener.settings.sqlitePath == nil ? .sqlServer : .sqlite
      throw Failure(error, dialect, doing: "read", place: opener.place)
    } catch let fault as RecordFault {
      throw Failure(.badData, "\(fault)")
    }
  }
}

extension ODBCError {
  /// Whether a table isn't there: a database that is empty, or somebody else's.
  fileprivate var isMissingTable: Bool {
    hasNative(208) || diagnostics.contains { $0.message.contains("no such table") }
  }
}

extension StreamNotes {
  /// Tells what makes a report over a stream less than it seems.
  func warn(_ log: Log) {
    if failedCalendars > 0 {
      let calendars = count(failedCalendars, "calendar", "calendars")
      log.warning("\(calendars) could not be read; those hours are missing")
    }
    if restarts > 0 {
      log.warning(
        count(restarts, "calendar was", "calendars were")
          + " read twice; some events may count twice",
        hint: "load the stream into a database for an exact report")
    }
    if rejectedLines > 0 {
      let lines = count(rejectedLines, "line", "lines")
      log.warning("\(lines) had been rejected before; those hours are missing")
    }
  }
}
