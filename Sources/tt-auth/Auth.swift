import ArgumentParser
import Console

@main struct Auth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-auth", abstract: "…", version: productVersion)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {}
}
