import ArgumentParser
import Console

@main struct Load: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-load", abstract: "…", version: productVersion)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {}
}
