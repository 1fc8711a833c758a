internal import ArgumentParser
internal import Console
internal import Database
internal import ODBC
internal import Schema

/// `tt-report runs`: what was loaded when, by whom, and how it ended.
struct RunsCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List what was loaded into the database.",
    version: productVersion)

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var listing: ListingOptions

  @Option(
    help: ArgumentHelp(
      "The database: sqlite:PATH, dsn:NAME or an ODBC connection string.", valueName: "database"))
  var db: String?

  @Option(help: ArgumentHelp("So many runs, the last ones.", valueName: "count"))
  var limit = 20

  mutating func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number from 1 up") }
  }

  private static let columns: [Listing.Column] = [
    .init(name: "run", title: "Run", isNumber: true), .init(name: "startedAt", title: "Started"),
    .init(name: "finishedAt", title: "Finished"), .init(name: "outcome", title: "Outcome"),
    .init(name: "rounds", title: "Rounds", isNumber: true),
    .init(name: "new", title: "New", isNumber: true),
    .init(name: "changed", title: "Changed", isNumber: true),
    .init(name: "same", title: "Same", isNumber: true),
    .init(name: "deleted", title: "Deleted", isNumber: true),
    .init(name: "rejected", title: "Rejected", isNumber: true),
    .init(name: "errors", title: "Errors", isNumber: true), .init(name: "by", title: "By"),
    .init(name: "version", title: "Version", isForPeople: false),
  ]

  func run(_ world: World) throws {
    try listing.refuseTerminal()
    var list = Listing("Runs", Self.columns)
    try SourceOptions.withDatabase(db, world) { database in
      var statement = try database.connection.prepare(Self.sql(database, limit))
      let number = Column.integer
      try statement.bind(
        columns: [number, .text(32), .text(32), .text(400)] + [Column](repeating: number, count: 7)
          + [.text(400), .text(64)], rowsPerFetch: 16)
      try statement.execute()
      while try statement.next() { list.rows.append(Self.row(&statement)) }
    }
    list.rows.reverse()
    try listing.write([list], world)
  }

  private static func sql(_ database: borrowing Database, _ limit: Int) -> String {
    func time(_ column: String) -> String {
      database.dialect == .sqlite ? column : "CONVERT(NVARCHAR(32), \(column), 121)"
    }
    let isSQLite = database.dialect == .sqlite
    return """
      SELECT \(isSQLite ? "" : "TOP (\(limit))") run_id, \(time("started_at")),
        \(time("finished_at")), outcome, rounds, events_new, events_changed, events_same,
        events_deleted, rejected, errors, loaded_by, tool_version
      FROM sync_run ORDER BY run_id DESC \(isSQLite ? "LIMIT \(limit)" : "")
      """
  }

  private static func row(_ statement: inout Statement) -> [Listing.Cell] {
    columns.indices.map { place in
      guard !statement.isNull(place) else { return .nothing }
      if columns[place].isNumber { return .number("\(statement.integer(place) ?? 0)") }
      let text = statement.text(place) ?? ""
      return columns[place].name.hasSuffix("At") ? .time(rfc3339(text)) : .text(text)
    }
  }

  /// `2026-10-05 07:00:00.000` as `2026-10-05T07:00:00Z`.
  private static func rfc3339(_ text: String) -> String {
    text.count >= 19 ? "\(text.prefix(10))T\(text.dropFirst(11).prefix(8))Z" : text
  }
}
