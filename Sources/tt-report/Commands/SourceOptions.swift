internal import ArgumentParser
internal import Console
internal import Records

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

  mutating func validate() throws {
    guard input == "-" else { throw ValidationError("the input is -: records on stdin") }
    guard input == nil || db == nil else {
      throw ValidationError("- reads records from stdin; --db can't be combined with it")
    }
  }

  var filter: EntryFilter {
    EntryFilter(
      users: user.map { Set($0.split(separator: ",").map { $0.lowercased() }) },
      categories: category.isEmpty ? nil : Set(category))
  }
}

/// A report, and why it isn't whole if it isn't.
struct Gathered {
  let report: HoursReport
  let failure: Failure?
}

extension SourceOptions {
  func gather(
    into engine: consuming HoursEngine, _ period: Period, _ almanac: Almanac, _ world: World,
    needsOrganizer: Bool
  ) throws -> Gathered {
    let sink = try hoursStream(engine, period, almanac, needsOrganizer: needsOrganizer)
    return try readStream(sink, world)
  }

  /// The way from records to the engine.
  func hoursStream(
    _ engine: consuming HoursEngine, _ period: Period, _ almanac: Almanac, needsOrganizer: Bool
  ) throws -> HoursStream {
    if let tz { _ = try almanac.rules(option: tz) }
    return HoursStream(
      engine: engine, filter: filter, zones: almanac.zoneBook(period), zone: tz,
      needsOrganizer: needsOrganizer)
  }

  private func readStream(_ sink: consuming HoursStream, _ world: World) throws -> Gathered {
    var stream = RecordStream(sink)
    var nothing = StandardOutput()
    try LineInput().pump(&stream, to: &nothing)
    stream.notes.warn(world.log)
    let failure = stream.cut
    return Gathered(report: stream.finish().engine.finish(), failure: failure)
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
