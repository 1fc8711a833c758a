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
    guard people?.isEmpty != true else { throw ValidationError("--user names nobody") }
  }

  /// Who was named, in lower case.
  private var people: [String]? {
    user?.split(separator: ",").map { CategoryNames.collapsed($0.lowercased()) }
      .filter { !$0.isEmpty }
  }

  var filter: EntryFilter {
    EntryFilter(
      users: people.map { Set($0) },
      categories: category.isEmpty ? nil : Set(category.map(EntryFilter.key)))
  }
}

extension SourceOptions {
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
      try opener.withDatabase(for: .reading, doing: "read") { database in
        try database.refuseNewer()
        try body(database)
      }
    } catch let error as DatabaseError where error.fault == .noTable {
      throw Failure(
        .missingInput, "there are no calendars in the database at \(opener.place)",
        hint: "load some first: tt-fetch | tt-tz | tt-load; or name another database with --db")
    } catch let error as DatabaseError {
      throw error.failure(place: opener.place)
    } catch let fault as RecordFault {
      throw Failure(.badData, "\(fault)")
    }
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
