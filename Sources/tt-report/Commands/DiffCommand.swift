internal import ArgumentParser
internal import Console

/// `tt-report diff FILE`: what changed in a closed period since it was closed.
struct DiffCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what changed in a closed period since it was closed.",
    discussion: """
      Period, people and rules are those with which the period was closed; they stand in the file. A file whose \
      digest doesn't match is refused.
      """, version: productVersion)

  @OptionGroup var common: CommonOptions

  @Argument(help: "What tt-report close printed.", completion: .file())
  var file: String

  @Argument(help: "- reads records from stdin instead of the database.")
  var input: String?

  @Option(
    help: ArgumentHelp(
      "The database: sqlite:PATH, dsn:NAME or an ODBC connection string.", valueName: "database"))
  var db: String?

  @OptionGroup(title: "Output") var listing: ListingOptions

  mutating func validate() throws {
    var source = SourceOptions()
    source.input = input
    source.db = db
    // Who it is about stands in the file.
    source.user = nil
    try source.validate()
  }

  func run(_ world: World) throws {
    try listing.refuseTerminal()
    let almanac = try Almanac(world.environment)
    var closed = try ClosedEntries(path: file)
    let options = try ClosedOptions(closed.period, path: file)
    var source = options.source
    source.input = input
    source.db = db
    let counter = EntryCounter(
      plan: try options.rules.plan(options.period),
      rules: try closed.period.rules.map { try RuleBook(text: $0, path: file) },
      clock: EventClock(almanac, zone: source.tz), zone: source.tz, isAnonymous: source.anonymise,
      keepsMoney: closed.period.keepsMoney)
    var changes: [ClosedChange] = []
    let failure = try source.eachPerson(of: options.period, world) { name, book in
      changes += ClosedChange.changes(try closed.entries(before: name), [])
      changes += ClosedChange.changes(
        try closed.entries(of: name), try counter.entries(of: book))
    }
    changes += ClosedChange.changes(try closed.entries(before: nil), [])
    try listing.write([Self.list(changes, options.period)], world)
    world.log.info(Self.summary(changes))
    if !closed.period.keepsMoney {
      world.log.warning(
        "\(file) was closed without who pays and rates: they were not compared",
        hint: "close the period again to have them kept")
    }
    if let failure { throw failure }
  }

  private static func list(_ changes: [ClosedChange], _ period: Period) -> Listing {
    var list = Listing(
      "Changes \(period.title)",
      [
        .init(name: "change", title: "Change"), .init(name: "user", title: "User"),
        .init(name: "start", title: "Start"), .init(name: "subject", title: "Subject"),
        .init(name: "what", title: "What"),
        .init(name: "minutesBefore", title: "Before", isNumber: true),
        .init(name: "minutesNow", title: "Now", isNumber: true),
        .init(name: "minutesDifference", title: "Difference", isNumber: true),
        .init(name: "id", title: "Id", isForPeople: false),
      ])
    list.rows = changes.map { change in
      [
        .text(change.kind.rawValue), .text(change.entry.user), .time(change.entry.start),
        .text(change.entry.subject), .text(change.what.joined(separator: ", ")),
        .seconds(change.secondsBefore), .seconds(change.secondsNow),
        .seconds(change.secondsNow - change.secondsBefore), .text(change.entry.id),
      ]
    }
    return list
  }

  private static func summary(_ changes: [ClosedChange]) -> String {
    guard !changes.isEmpty else { return "nothing changed since the period was closed" }
    func number(_ kind: ClosedChange.Kind) -> Int { changes.count { $0.kind == kind } }
    let difference = changes.reduce(0) { $0 + $1.secondsNow - $1.secondsBefore }
    let time = DurationText(.clock, showsSeconds: difference % 60 != 0)
    let more =
      difference == 0
      ? "as much time as"
      : "\(time(abs(difference))) \(difference < 0 ? "less" : "more") than"
    return "\(number(.added)) added, \(number(.removed)) removed, \(number(.changed)) changed; "
      + "\(more) when it was closed"
  }
}

/// The options that a closed period keeps, read as those of a report are.
private struct ClosedOptions {
  let period: Period
  let source: SourceOptions
  let rules: RuleOptions

  private struct Words: ParsableArguments {
    @OptionGroup var source: SourceOptions
    @OptionGroup var rules: RuleOptions
  }

  init(_ closed: ClosedPeriod, path: String) throws {
    guard let words = try? Words.parse(closed.options), let first = Period.day(closed.from),
      let last = Period.day(closed.to), first.days.lowerBound <= last.days.lowerBound
    else {
      throw Failure(.badData, "\(path) has a period or options that are not known here")
    }
    period = Period(days: first.days.lowerBound...last.days.lowerBound)
    source = words.source
    rules = words.rules
  }
}
