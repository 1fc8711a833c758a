internal import ArgumentParser
internal import Console
internal import Records

/// `tt-report [time] [-]`: hours by any keys.
struct TimeCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Hours by user, project, activity, day … (the default).",
    version: productVersion)

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions
  @OptionGroup(title: "Output") var layout: LayoutOptions

  mutating func validate() throws {
    let keys = layout.keys
    if keys.contains(.category), keys.contains(.project) || keys.contains(.activity) {
      throw ValidationError(
        "category can't be combined with project or activity: an event's time is shared either way")
    }
  }

  func run(_ world: World) throws {
    try layout.refuseTerminal()
    let almanac = try Almanac(world.environment)
    let period = try period.period(today: try almanac.today(zone: source.tz))
    let engine = HoursEngine(plan: try rules.plan(period), tables: layout.tables(period))
    let gathered = try source.gather(
      into: engine, almanac, world, needsOrganizer: layout.keys.contains(.organizer),
      rules: try rules.book())
    let form = ReportForm(
      report: gathered.outcome, period: period, unit: layout.unit, pivot: layout.pivot)
    try layout.write(form, world)
    if let failure = gathered.failure { throw failure }
  }
}
