import ArgumentParser
import Console
import HTTP
import Identity

/// `tt-auth doctor`: what works, what doesn't, and what to do about it.
struct Doctor: Tool {
  static let configuration = CommandConfiguration(
    abstract: "Check settings, network, credential, rights and one mailbox, in this order.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: AuthOptions

  @Option(help: ArgumentHelp("Whose mailbox to try; the default is any.", valueName: "name"))
  var user: String?

  @Flag(help: "Print the findings as JSON.")
  var json = false

  func run(_ world: World) throws {
    var examination = Examination(world, options, envFile: common.envFile, user: user)
    examination.run()
    let findings = examination.findings
    var output = StandardOutput()
    if json {
      findings.writeJSON(to: &output.buffer)
    } else {
      findings.writeText(to: &output.buffer)
    }
    try output.close()
    if let failed = findings.first(where: { $0.verdict == .fail }) {
      throw SilentExit(failed.status)
    }
  }
}
