internal import ArgumentParser
internal import CivilTime
internal import Console
internal import NDJSON
internal import Records

/// `tt-report gaps`: what of the working hours is in nobody's calendar.
struct GapsCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "Compare recorded time with the working hours of mailboxes.",
    discussion: """
      Working hours are those of each mailbox's settings. Recorded time is counted once, however many entries claim \
      it; all-day events are not recorded time, but one shown as oof makes its days days off. Utilisation is \
      recorded time in percent of the working hours, days off apart; without a period it is this month until today.
      """, version: productVersion)

  enum Rows: String, CaseIterable, ExpressibleByArgument { case day, user }

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var listing: ListingOptions

  @Option(help: ArgumentHelp("A row a person and day, or a row a person: user.", valueName: "rows"))
  var by = Rows.day

  @Option(
    help: ArgumentHelp(
      "Record events with these values of showAs: a list with commas, or all (default: all but free).",
      valueName: "values"))
  var showAs: String?

  @Flag(help: "Record only events with a project.")
  var onlyProjects = false

  mutating func validate() throws { _ = try HoursPlan.ShowAs(option: showAs) }

  func run(_ world: World) throws {
    try listing.refuseTerminal()
    let almanac = try Almanac(world.environment)
    let period = try days(almanac)
    let gathered = try source.gather(
      into: RecordedTime(
        days: period.days, showAs: try .init(option: showAs), onlyProjects: onlyProjects),
      almanac, world)
    let people = try PeopleTime(gathered, source, almanac)
    try listing.write([list(people, period)], world)
    if let failure = gathered.failure { throw failure }
  }

  /// Without a period, the days of this month that have come.
  private func days(_ almanac: Almanac) throws -> Period {
    let today = try almanac.today(zone: source.tz)
    let period = try period.period(today: today)
    guard !self.period.isGiven else { return period }
    return Period(days: period.days.lowerBound...today)
  }

  private func list(_ people: PeopleTime, _ period: Period) -> Listing {
    let day = Listing.Column(name: "day", title: "Day")
    var list = Listing(
      "Gaps \(period.title)",
      [.init(name: "user", title: "User")] + (by == .day ? [day] : []) + Self.numbers)
    for (name, time) in people.times {
      let sums = period.days.map { ($0, time.sum(ofDay: $0)) }
        .filter { ($1.working ?? 0) > 0 || $1.recorded > 0 }
      if by == .day {
        for (day, sum) in sums {
          let date = "\(TimeText(CivilDate(dayNumber: day)))"
          list.rows.append([.text(name), .time(date)] + Self.cells(sum))
        }
      } else {
        let start = PersonTime.Sum(working: time.hours.map { _ in 0 })
        list.rows.append([.text(name)] + Self.cells(sums.reduce(start) { $0 + $1.1 }))
      }
    }
    return list
  }

  private static let numbers: [Listing.Column] = [
    .init(name: "workingMinutes", title: "Working hours", isNumber: true),
    .init(name: "awayMinutes", title: "Days off", isNumber: true),
    .init(name: "recordedMinutes", title: "Recorded", isNumber: true),
    .init(name: "untrackedMinutes", title: "Untracked", isNumber: true),
    .init(name: "utilisationPercent", title: "Utilisation %", isNumber: true),
  ]

  private static func cells(_ sum: PersonTime.Sum) -> [Listing.Cell] {
    guard let working = sum.working else {
      return [.nothing, .nothing, .seconds(sum.recorded), .nothing, .nothing]
    }
    let share = decimal(sum.recorded * 100, per: max(1, sum.expected), places: 1)
    return [
      .seconds(working), .seconds(sum.away), .seconds(sum.recorded), .seconds(sum.untracked),
      sum.expected > 0 ? .number(share) : .nothing,
    ]
  }
}
