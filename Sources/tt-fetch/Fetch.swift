import ArgumentParser
import Console

@main struct Fetch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-fetch",
    abstract: "Read the calendars of a tenant's mailboxes as newline-delimited JSON.",
    version: productVersion, subcommands: [Events.self, Users.self, Categories.self, Schema.self],
    defaultSubcommand: Events.self)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    preconditionFailure("there is a default subcommand")
  }
}
