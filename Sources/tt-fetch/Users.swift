import ArgumentParser
import Console

/// `tt-fetch users`: who is there.
struct Users: Tool {
  static let configuration = CommandConfiguration(
    abstract: "List people, for choosing whose mailboxes to read.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions

  func run(_ world: World) throws {
    var rules = ReadingRules()
    rules.subject = .people
    let (setup, tokens) = try selection.setup(world, rules)
    try FetchRun(setup, tokens: tokens, output: StandardOutput()).run()
  }
}

/// `tt-fetch categories`: what people can put on their events.
struct Categories: Tool {
  static let configuration = CommandConfiguration(
    abstract: "List the categories that people have defined.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var selection: SelectionOptions

  func run(_ world: World) throws {
    var rules = ReadingRules()
    rules.subject = .categories
    let (setup, tokens) = try selection.setup(world, rules)
    try FetchRun(setup, tokens: tokens, output: StandardOutput()).run()
  }
}
