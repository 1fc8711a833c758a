internal import ArgumentParser
internal import CivilTime
internal import Console
internal import NDJSON

/// `tt-report explain EVENT_ID`: how one event was counted, rule by rule.
struct ExplainCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say how one event was counted, rule by rule.",
    discussion: """
      Give the same period and rules as to the report that is to be explained; without a period, the days of the \
      event itself.
      """, version: productVersion)

  @OptionGroup var common: CommonOptions

  @Argument(help: "The event's id, as tt-report events shows it with --format ndjson.")
  var event: String

  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Rules") var rules: RuleOptions

  func run(_ world: World) throws {
    let almanac = try Almanac(world.environment)
    if let tz = source.tz { _ = try almanac.rules(option: tz) }
    var (book, failure) = try source.book(around: event, world)
    guard let facts = book.events.last(where: { $0.id == event }) else {
      throw Failure(
        .missingInput, "no event has the id \"\(event)\"",
        hint: "tt-report events --format ndjson shows ids; deleted events have none")
    }
    book.events.removeAll { $0.user != facts.user || $0.mail != facts.mail }
    let clock = EventClock(almanac, zone: source.tz)
    let days = try period(facts, clock, almanac)
    let explanation = try Explanation(
      facts, book, try rules.plan(days), days, clock, zone: source.tz, almanac, try rules.book(),
      person: source.anonymise ? Pseudonym.of(facts.mail) : facts.mail)
    var output = StandardOutput()
    for line in explanation.lines { output.buffer.append(text: line + "\n") }
    try output.close()
    if let failure { throw failure }
  }

  private func period(
    _ facts: EventFacts, _ clock: EventClock, _ almanac: Almanac
  ) throws -> Period {
    if period.isGiven { return try period.period(today: try almanac.today(zone: source.tz)) }
    if let days = facts.days {
      return Period(days: days.lowerBound...max(days.lowerBound, days.upperBound - 1))
    }
    let rules = try clock.rules(facts)
    let first = floorDivide(facts.start + rules.offset(at: facts.start), 86400)
    let last = floorDivide(facts.end + rules.offset(at: facts.end), 86400)
    return Period(days: first...last)
  }
}

/// The lines that explain one event; the numbers are the engine's own.
struct Explanation {
  private(set) var lines: [String] = []

  private static let mark = "this"

  init(
    _ facts: EventFacts, _ book: EventBook, _ plan: HoursPlan, _ period: Period,
    _ clock: EventClock, zone: String?, _ almanac: Almanac, _ rules: RuleBook?,
    person: String
  ) throws {
    let (start, end) = try clock.texts(facts)
    let span = try clock.span(facts)
    let exact = DurationText(.clock, showsSeconds: span.count % 60 != 0)
    say("event", "\(facts.subject.isEmpty ? "(no subject)" : facts.subject), \(person)")
    let place = zone ?? facts.zone ?? "a zone without a name"
    say("time", "\(start) to \(end), \(place), \(exact(span.count))")
    say("period", period.title)
    let own = try Self.report(book, facts.id, plan, period, zone, almanac, rules)
    var others = book
    others.events.removeAll { $0.id == facts.id }
    let rest = try Self.report(others, facts.id, plan, period, zone, almanac, rules)
    let parts = Self.parts(own)
    guard !parts.isEmpty else {
      say("counted", "no: \(Self.reason(own.ledger, rest.ledger))")
      return
    }
    say("counted", "yes: not deleted, not cancelled, not declined, shown as \(facts.showAs)")
    sayNames("project", facts, book.meaning.isProject, book.meaning)
    sayNames("activity", facts, book.meaning.isActivity, book.meaning)
    if let rules {
      try sayRule(facts, rules, ZoneDays(days: period.days, rules: clock.rules(facts)))
    }
    try sayOverlap(facts, book, plan, clock)
    for part in parts { say("part", part) }
    guard let total = Self.total(own) else { return }
    let text = DurationText(.clock, showsSeconds: total.seconds % 60 != 0)
    if let rounded = total.roundedSeconds { say("rounded", text(rounded)) }
    say("counts", text(total.seconds))
  }

  private mutating func say(_ word: String, _ text: String) {
    lines.append(word + String(repeating: " ", count: max(1, 10 - word.count)) + printable(text))
  }

  private mutating func sayNames(
    _ word: String, _ facts: EventFacts, _ isMeant: (String) -> Bool, _ meaning: CategoryNames
  ) {
    let names = facts.categories.filter(isMeant)
    if names.isEmpty { say(word, KeyText.none) }
    for name in names.sorted(by: precedes) {
      let why = meaning.designation(of: name) == nil ? "the marker in" : "the designation of"
      say(word, "\(CategoryNames.shown(name)), by \(why) the category \"\(name)\"")
    }
  }

  private mutating func sayRule(
    _ facts: EventFacts, _ rules: RuleBook, _ zone: ZoneDays
  ) throws {
    guard let rule = rules.rule(for: facts.ruleSubject(zone)) else {
      return say("rule", "none matches: the categories decide")
    }
    let name = rule.name.isEmpty ? "the rule" : "\"\(rule.name)\""
    say("rule", "\(name) of line \(rule.line) matches first")
    let projects = rule.projects.map { $0.map(\.name).joined(separator: ", ") }
    let activities = rule.activities.map { $0.map(\.name).joined(separator: ", ") }
    if let projects { say("project", "\(projects), by the rule") }
    if let activities { say("activity", "\(activities), by the rule") }
  }

  private mutating func sayOverlap(
    _ facts: EventFacts, _ book: EventBook, _ plan: HoursPlan, _ clock: EventClock
  ) throws {
    let span = try clock.span(facts)
    let others = book.events.filter { $0.id != facts.id && Self.claimsTime($0, plan, book.meaning) }
    for other in others.sorted(by: EventFacts.isBefore) {
      let shared = try clock.span(other).clamped(to: span)
      guard !shared.isEmpty else { continue }
      let text = DurationText(.clock, showsSeconds: shared.count % 60 != 0)
      say(
        "overlap",
        "\(text(shared.count)) with \"\(other.subject)\" (\(other.id)); "
          + "the rule is \(plan.overlap.rawValue)")
    }
  }

  /// Whether the event is chosen, and has a place on the clock.
  private static func claimsTime(
    _ facts: EventFacts, _ plan: HoursPlan, _ meaning: CategoryNames
  ) -> Bool {
    facts.flags.isSubset(of: plan.allDay == .span ? .allDay : [])
      && plan.showAs.contains(facts.showAs)
      && !(plan.onlyProjects && !facts.categories.contains(where: meaning.isProject))
  }

  /// The event stands apart by a mark in place of its organizer.
  private static func report(
    _ book: EventBook, _ id: String, _ plan: HoursPlan, _ period: Period, _ zone: String?,
    _ almanac: Almanac, _ rules: RuleBook?
  ) throws -> HoursReport {
    var zones = almanac.zoneBook(period.days)
    var engine = HoursEngine(plan: plan, tables: [[.organizer, .day, .project, .activity]])
    try book.feed(&engine, &zones, zone: zone, rules: rules) { $0.id == id ? mark : nil }
    return engine.finish()
  }

  private static func rows(_ report: HoursReport) -> [Int] {
    let table = report.tables[0]
    return (0..<table.count).filter { table.key($0, 0) != noName }
  }

  private static func parts(_ report: HoursReport) -> [String] {
    let table = report.tables[0]
    let texts = KeyText(catalog: report.catalog)
    return rows(report).map { row in
      let sum = table.sum(row)
      let text = DurationText(.clock, showsSeconds: sum.seconds % 60 != 0)
      let names = (1..<4).map { texts.text(table.keys[$0], table.key(row, $0)) ?? KeyText.none }
      let rounded = sum.roundedSeconds.map { ", rounded \(text($0))" } ?? ""
      return "\(names[0]), \(names[1]), \(names[2]): \(text(sum.seconds))\(rounded)"
    }
  }

  private static func total(_ report: HoursReport) -> HoursTable.Sum? {
    rows(report).first.map { report.tables[0].subtotal($0, width: 1) }
  }

  private static func reason(_ with: Ledger, _ without: Ledger) -> String {
    if with.period.entries == without.period.entries { return "it is outside the period" }
    let before = Dictionary(
      uniqueKeysWithValues: without.leftOut.map { ($0.title, $0.amount.entries) })
    let line = with.leftOut.first { $0.amount.entries > before[$0.title, default: 0] }
    return line?.title ?? "another entry of the same time got all of it"
  }
}
