package import ArgumentParser

/// The options that every program and subcommand takes.
package struct CommonOptions: ParsableArguments {
  @Option(help: "How messages on stderr look: text or json.")
  package var logFormat: Log.Format = .text

  @Flag(name: .shortAndLong, help: "Say more on stderr.")
  package var verbose = false

  @Flag(name: .shortAndLong, help: "Say only errors and warnings on stderr.")
  package var quiet = false

  @Option(help: ArgumentHelp("Read settings from this file instead of .env.", valueName: "file"))
  package var envFile: String?

  package init() {}
}

extension Log.Format: ExpressibleByArgument {
  /// The form that arguments ask for which can't be parsed as a whole.
  init(asked arguments: [String]) {
    let isJSON = zip(arguments, arguments.dropFirst() + [""]).contains { argument, next in
      argument == "--log-format=json" || argument == "--log-format" && next == "json"
    }
    self = isJSON ? .json : .text
  }
}

extension CommonOptions {
  /// The level that options ask for, else `LOG_LEVEL`, else info.
  func level(_ environment: Environment?) throws -> Log.Level {
    if verbose { return .debug }
    if quiet { return .warning }
    guard let name = environment?["LOG_LEVEL"] else { return .info }
    guard let level = Log.Level.allCases.first(where: { "\($0)" == name.lowercased() }) else {
      throw Failure(
        .configuration, "LOG_LEVEL is \"\(name)\"",
        hint: "it is one of error, warning, info, debug")
    }
    return level
  }
}
