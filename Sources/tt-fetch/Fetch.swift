import ArgumentParser
import Console

@main struct Fetch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-fetch", abstract: "…", version: productVersion)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {}
}
