internal import ArgumentParser
internal import Console

/// `tt-report close`: freezes a period, so that later changes show.
struct CloseCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Freeze a period: print each entry that counts, and a digest of all.",
    discussion: """
      Example:
        tt-report close --month 2026-10 >2026-10.closed
        tt-report diff 2026-10.closed                     what changed in it since
      The last line is the SHA-256 of the lines in front of it: head -n -1 2026-10.closed | sha256sum
      """, version: productVersion)

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions

  func run(_ world: World) throws {
    let almanac = try Almanac(world.environment)
    if let tz = source.tz { _ = try almanac.rules(option: tz) }
    let period = try period.period(today: try almanac.today(zone: source.tz))
    let text = try rules.rules.map { try TextFile(path: $0).text }
    let counter = EntryCounter(
      plan: try rules.plan(period), rules: try rules.book(),
      clock: EventClock(almanac, zone: source.tz), zone: source.tz, isAnonymous: source.anonymise)
    var file = ClosedFile(
      ClosedPeriod(
        from: period.firstText, to: period.lastText, options: source.arguments + rules.arguments,
        rules: text))
    // A period that isn't whole is not one to close.
    _ = try source.eachPerson(of: period, world, onlyIfWhole: true) { _, book in
      for entry in try counter.entries(of: book) { try file.write(entry) }
    }
    try file.close()
  }
}

extension SourceOptions {
  /// The options that say whose entries a report is about, as they would be given again.
  var arguments: [String] {
    (user.map { ["--user", $0] } ?? []) + category.flatMap { ["--category", $0] }
      + (tz.map { ["--tz", $0] } ?? []) + (anonymise ? ["--anonymise"] : [])
  }
}

extension RuleOptions {
  /// The options that say how entries become hours, as they would be given again; the file of rules apart.
  var arguments: [String] {
    var words = ["--all-day", allDay.description, "--split", split.rawValue]
    words += ["--overlap", overlap.rawValue]
    if let showAs { words += ["--show-as", showAs] }
    if let round { words += ["--round", "\(round.seconds)s"] }
    if let roundMode { words += ["--round-mode", roundMode.rawValue] }
    if let roundAt { words += ["--round-at", roundAt.rawValue] }
    if onlyProjects { words.append("--only-projects") }
    if noSplit { words.append("--no-split") }
    return words
  }
}
