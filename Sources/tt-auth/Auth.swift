import ArgumentParser
import Console
import Identity

@main struct Auth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-auth",
    abstract: "Get an access token for Microsoft Graph, and keep it until it is nearly over.",
    usage: """
      tt-auth [<options>]
      tt-auth <subcommand> [<options>]
      """,
    discussion: """
      Examples:
        tt-auth | tt-fetch -              hand the token on
        tt-auth --raw --credential certificate
        tt-auth doctor                    what is missing, and what to do
      Which credential, cloud and scope stand in tt-auth token --help.
      """,
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
