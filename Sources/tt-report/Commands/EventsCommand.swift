internal import ArgumentParser
internal import CivilTime
internal import Console

/// `tt-report events`: the events of a period, one a line.
struct EventsCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "List the events of a period.", version: productVersion)

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var listing: ListingOptions

  func run(_ world: World) throws {
    try listing.refuseTerminal()
    let almanac = try Almanac(world.environment)
    let period = try period.period(today: try almanac.today(zone: source.tz))
    if let tz = source.tz { _ = try almanac.rules(option: tz) }
    let clock = EventClock(almanac, zone: source.tz)
    var output = ListingOutput(Listing("Events", Self.columns), listing)
    let failure = try source.eachEvent(of: period, world) { facts, meaning in
      guard try clock.isInside(facts, period) else { return }
      try output.take(try row(facts, meaning, clock))
    }
    try output.close(world)
    if let failure { throw failure }
  }

  private static let columns: [Listing.Column] = [
    .init(name: "start", title: "Start"), .init(name: "end", title: "End"),
    .init(name: "minutes", title: "Time", isNumber: true), .init(name: "user", title: "User"),
    .init(name: "subject", title: "Subject"), .init(name: "projects", title: "Projects"),
    .init(name: "activities", title: "Activities"),
    .init(name: "categories", title: "Categories", isForPeople: false),
    .init(name: "showAs", title: "Shown as"),
    .init(name: "organizer", title: "Organizer", isForPeople: false),
    .init(name: "id", title: "Id", isForPeople: false),
  ]

  private func row(
    _ facts: EventFacts, _ meaning: CategoryNames, _ clock: EventClock
  ) throws -> [Listing.Cell] {
    let projects = facts.categories.filter(meaning.isProject).map(CategoryNames.shown)
    let activities = facts.categories.filter(meaning.isActivity).map(CategoryNames.shown)
    let (start, end) = try clock.texts(facts)
    return [
      .time(start), .time(end), .seconds(try clock.seconds(facts)),
      .text(source.name(facts.mail)),
      .text(facts.subject), .text(projects.sorted(by: precedes).joined(separator: ", ")),
      .text(activities.sorted(by: precedes).joined(separator: ", ")),
      .text(facts.categories.sorted(by: precedes).joined(separator: ", ")), .text(facts.showAs),
      .text(facts.organizer.isEmpty ? "" : source.name(facts.organizer)), .text(facts.id),
    ]
  }

}

extension EventFacts {
  static func isBefore(_ left: EventFacts, _ right: EventFacts) -> Bool {
    if left.start != right.start { return left.start < right.start }
    if left.mail != right.mail { return precedes(left.mail, right.mail) }
    return precedes(left.id, right.id)
  }
}

/// Tells when events are, on the clock of their person.
struct EventClock {
  private let almanac: Almanac
  private let zone: String?
  private let known = KnownZones()

  /// The rules of the zones that were asked for: a file is read once.
  private final class KnownZones {
    var rules: [String: ZoneRules] = [:]
  }

  init(_ almanac: Almanac, zone: String?) {
    self.almanac = almanac
    self.zone = zone
  }

  func rules(_ facts: EventFacts) throws -> ZoneRules {
    if let custom = facts.customZone, zone == nil { return custom.rules }
    return try rules(named: zone ?? facts.zone ?? "UTC")
  }

  func rules(named name: String) throws -> ZoneRules {
    if let rules = known.rules[name] { return rules }
    guard let rules = try almanac.rules(name) else {
      throw Failure(.badData, "no zone is called \"\(name)\"")
    }
    known.rules[name] = rules
    return rules
  }

  /// First and last second, from the dates of an all-day event.
  func span(_ facts: EventFacts) throws -> Range<Int> {
    guard let days = facts.days else { return facts.start..<facts.end }
    let rules = try rules(facts)
    return rules.startOfDay(days.lowerBound)..<rules.startOfDay(days.upperBound)
  }

  func seconds(_ facts: EventFacts) throws -> Int { try span(facts).count }

  func isInside(_ facts: EventFacts, _ period: Period) throws -> Bool {
    let rules = try rules(facts)
    let first = rules.startOfDay(period.days.lowerBound)
    let end = rules.startOfDay(period.days.upperBound + 1)
    let span = try span(facts)
    // A zone may have skipped the only day of the period.
    guard first < end else { return false }
    return span.isEmpty
      ? (first..<end).contains(span.lowerBound) : span.lowerBound < end && span.upperBound > first
  }

  /// Start and end: dates for all-day events, local times with their offset for others.
  func texts(_ facts: EventFacts) throws -> (String, String) {
    if let days = facts.days {
      let last = max(days.lowerBound, days.upperBound - 1)
      return (
        "\(TimeText(CivilDate(dayNumber: days.lowerBound)))",
        "\(TimeText(CivilDate(dayNumber: last)))"
      )
    }
    let rules = try rules(facts)
    func text(_ seconds: Int) -> String {
      "\(TimeText(Instant(seconds: seconds), offset: rules.offset(at: seconds)))"
    }
    return (text(facts.start), text(facts.end))
  }
}
