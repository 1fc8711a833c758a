import ArgumentParser
import Console
import ZoneDatabase

/// The command: a filter that adds to each event when it really is.
@main struct TimeZones: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-tz",
    abstract: "Add exact instants, local times and minutes to calendar events.",
    discussion: """
      Reads records as JSON lines on standard input and writes them to standard output. Each event \
      gains startUtc, endUtc, startLocal, endLocal, zone, zoneSource, minutes and, where a switch of \
      the clocks made its times doubtful, zoneNote. Everything else passes through byte for byte.

        tt-fetch | tt-tz | tt-load
        jq -c 'select(.record=="event")' saved.ndjson | tt-tz --zone Europe/Berlin

      Zone rules come from TZDIR or /usr/share/zoneinfo. Exit statuses: 0 done, 64 usage, 65 some \
      lines could not be used (they stand in the output as reject records), 66 no tz database, 75 the \
      input was cut off.
      """,
    version: productVersion,
    subcommands: [Lookup.self, ListZones.self])

  @OptionGroup var common: CommonOptions

  @Option(
    help: ArgumentHelp(
      "The zone for people and events that name none; else it is the system's.", valueName: "zone"))
  var zone: String?

  @Option(
    help: ArgumentHelp(
      "Which zone startLocal and endLocal are in: the mailbox's, the event's own, or this one.",
      valueName: "mailbox|event|zone"))
  var local = "mailbox"

  @OptionGroup var territory: TerritoryOption

  @Option(
    help: ArgumentHelp(
      "What becomes of an event whose zone nobody knows: the next known zone counts, or it is rejected.",
      valueName: "fallback|reject"))
  var onUnknown = UnknownZonePolicy.fallback

  func run(_ world: World) throws {
    var shelf = ZoneShelf(try openDatabase(world.environment))
    let choice = try LocalChoice(local, zone, territory.code, world.environment, &shelf)
    var localizer = EventLocalizer(shelf, choice, onUnknown, world.log)
    var output = StandardOutput()
    try LineInput().pump(&localizer, to: &output)
    try output.close()
    try localizer.conclude()
  }
}

extension UnknownZonePolicy: ExpressibleByArgument {}
