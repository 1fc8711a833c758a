import ArgumentParser

/// `--territory`: a country that says which of a Windows name's zones is meant.
struct TerritoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where Windows names are read as in this country when nothing nearer is known, e.g. NL.",
      valueName: "country"))
  var territory: String?

  var code: Territory? { territory.flatMap { Territory($0) } }

  func validate() throws {
    if let territory, code == nil {
      throw ValidationError(
        "--territory is \"\(territory)\": a country's code has two letters, as in NL")
    }
  }
}
