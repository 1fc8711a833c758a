import ArgumentParser
import Console

@main struct Report: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-report", abstract: "…", version: productVersion)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {}
}
