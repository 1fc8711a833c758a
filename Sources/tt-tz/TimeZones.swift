import ArgumentParser
import Console

@main struct TimeZones: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tt-tz", abstract: "…", version: productVersion)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {}
}
