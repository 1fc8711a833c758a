import ArgumentParser
import Console

@main struct Report: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-report",
    abstract: "Report hours out of calendars: from the database, or from records on stdin.",
    discussion: """
      Examples:
        tt-report                                   this month's hours
        tt-report --last month --by project,user    who worked for which project
        tt-report --week 2026-W41 --by user,project --pivot day
        tt-fetch | tt-tz | tt-report - --month 2026-10 --format csv
      Options of a report stand in tt-report time --help.
      """,
    version: productVersion,
    subcommands: [
      TimeCommand.self, EventsCommand.self, CategoriesCommand.self, RunsCommand.self,
      ExplainCommand.self, GapsCommand.self, CloseCommand.self, DiffCommand.self,
    ], defaultSubcommand: TimeCommand.self)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    preconditionFailure("there is a default subcommand")
  }
}
