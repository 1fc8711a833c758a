import ArgumentParser
import Console

@main struct Fetch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-fetch",
    abstract: "Read the calendars of a tenant's mailboxes as newline-delimited JSON.",
    usage: """
      tt-fetch [<options>] [-]
      tt-fetch <subcommand> [<options>] [-]
      """,
    discussion: """
      Examples:
        tt-fetch | tt-tz | tt-load                      everybody's events
        tt-load state | tt-fetch - | tt-tz | tt-load    what changed since then
        tt-fetch --user ada@example.com --from 2026-01-01 --to 2027-01-01
        tt-fetch --group ID --calendar all --private drop --body text
        tt-fetch --dry-run                              whom it would read
      Whom to read: --user, --group, --shard. What: --calendar, --from, --to,
      --mode, --body, --private. How hard to ask: --parallel,
      --max-retry-seconds. These and more stand in tt-fetch events --help.
      """,
    version: productVersion, subcommands: [Events.self, Users.self, Categories.self, Schema.self],
    defaultSubcommand: Events.self)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    preconditionFailure("there is a default subcommand")
  }
}
