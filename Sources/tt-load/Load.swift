import ArgumentParser
import Console

@main struct Load: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-load",
    abstract: "Make a database say what the calendars say.",
    version: productVersion,
    subcommands: [
      Records.self, State.self, Designate.self, Init.self, PrintSchema.self, Purge.self,
      Drop.self,
    ],
    defaultSubcommand: Records.self)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    preconditionFailure("there is a default subcommand")
  }
}

/// Which database: the same for all subcommands.
struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database: sqlite:PATH, dsn:NAME or an ODBC connection string without its password.",
      valueName: "database"))
  var db: String?
}
