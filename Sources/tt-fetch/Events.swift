import ArgumentParser
import Console
import HTTP

/// `tt-fetch events`: people, categories and events, mailbox after mailbox.
struct Events: Tool {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Read events, what changed or all of them (the default).")

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var reading: ReadingOptions

  @Flag(help: "Print whose mailboxes would be read, and read none.")
  var dryRun = false

  func run(_ world: World) throws {
    let today = UTCTime(unixSeconds: Int(SystemClock.unixSeconds))
    var rules = reading.rules(today: today)
    if dryRun { rules.subject = .people }
    var (setup, tokens) = try selection.setup(world, rules)
    setup.isDryRun = dryRun
    try FetchRun(setup, tokens: tokens, output: StandardOutput()).run()
  }
}

/// What of the calendars is read.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Which calendars of a mailbox to read.")
  var calendar: ReadingRules.Calendars = .primary

  @Option(
    help: ArgumentHelp(
      "Read from this day on; the default is about five years ago.", valueName: "date"))
  var from: Day?

  @Option(
    help: ArgumentHelp(
      "Read up to the start of this day; the default is about five years from now.",
      valueName: "date"))
  var to: Day?

  @Option(help: "Read what changed since the state given, or everything.")
  var mode: ReadingRules.Mode = .auto

  @Option(help: "Keep the events' bodies, and in which form.")
  var body: Preferences.Body = .none

  @Option(name: .customLong("private"), help: "What to do with private events.")
  var privacy: EventRules.Privacy = .mask

  func validate() throws {
    if let from, let to, from.start >= to.start {
      throw ValidationError("--from must be before --to")
    }
    for day in [from, to].compactMap(\.self) where !(1900..<2200).contains(day.start.date.year) {
      throw ValidationError("--from and --to take days from 1900-01-01 to 2199-12-31")
    }
  }

  func rules(today: UTCTime) -> ReadingRules {
    var rules = ReadingRules()
    rules.mode = mode
    rules.calendars = calendar
    rules.slices = Slices.covering(from: from?.start, to: to?.start, today: today)
    rules.isDefaultPeriod = from == nil && to == nil
    rules.events = EventRules(body: body, privacy: privacy)
    return rules
  }
}

/// A date on the command line, as its midnight in UTC.
struct Day: ExpressibleByArgument {
  let start: UTCTime

  init?(argument: String) {
    guard argument.utf8.count == 10, let start = UTCTime(argument) else { return nil }
    self.start = start
  }

  var defaultValueDescription: String { String(start.description.prefix(10)) }
}

extension ReadingRules.Mode: ExpressibleByArgument {}
extension ReadingRules.Calendars: ExpressibleByArgument {}
extension Preferences.Body: ExpressibleByArgument {}
extension EventRules.Privacy: ExpressibleByArgument {}
