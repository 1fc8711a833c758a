import ArgumentParser
import Console
import Identity

@main struct Auth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-auth",
    abstract: "Get an access token for Microsoft Graph, and keep it until it is nearly over.",
    version: productVersion, subcommands: [Token.self, Doctor.self, Logout.self],
    defaultSubcommand: Token.self)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    preconditionFailure("there is a default subcommand")
  }
}

/// What `token`, `doctor` and `logout` all take.
struct AuthOptions: ParsableArguments {
  @OptionGroup var identity: IdentityOptions

  @Option(help: "What the token is for; the default is everything granted on the cloud's Graph.")
  var scope: String?
}
