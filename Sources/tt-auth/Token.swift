import ArgumentParser
import Console
import CurlTransport
import Identity
import NDJSON
import Records

/// `tt-auth token`: one fresh token, from the cache or the authority.
struct Token: Tool {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Print a fresh token as a record, or bare with --raw.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: AuthOptions

  @Flag(help: "Print nothing but the token's text.")
  var raw = false

  func run(_ world: World) throws {
    let settings = try options.identity.settings(world, scope: options.scope)
    let source = settings.source(world, try makeTransport(world))
    let token = try source.token()
    var output = StandardOutput()
    write(token, settings.request, to: &output.buffer)
    try output.close()
  }

  private func write(
    _ token: AccessToken, _ request: TokenRequest, to output: inout OutputBuffer
  ) {
    if raw {
      output.append(text: token.text + "\n")
    } else if isTerminal(1) {
      output.append(text: TokenSummary(token, request, now: SystemClock.unixSeconds).text)
    } else {
      token.record(scope: request.scope, tenant: request.tenant, client: request.client)
        .write(to: &output)
    }
  }
}
