internal import CivilTime

extension ClosedPeriod {
  /// Counts the events of a period, each by itself.
  init(
    _ book: EventBook, _ period: Period, _ plan: HoursPlan, _ source: SourceOptions,
    _ almanac: Almanac, rules: RuleBook?
  ) throws {
    from = period.firstText
    to = period.lastText
    options = []
    var zones = almanac.zoneBook(period.days)
    var engine = HoursEngine(plan: plan, tables: [[.organizer, .day, .project, .activity]])
    var number = 0
    // The place of an event in the book stands where its organizer would.
    try book.feed(&engine, &zones, zone: source.tz, rules: rules) { _ in
      defer { number += 1 }
      return "\(number)"
    }
    let report = engine.finish()
    let parts = Self.parts(report, isRounded: plan.rounding?.place == .entry)
    let clock = EventClock(almanac, zone: source.tz)
    entries = try parts.map { place, parts in
      try Entry(book.events[place], parts, clock, isAnonymous: source.anonymise)
    }.sorted { $0.isBefore($1) }
  }

  /// The rows of each event, by its place in the book.
  private static func parts(_ report: HoursReport, isRounded: Bool) -> [Int: [Part]] {
    let table = report.tables[0]
    let texts = KeyText(catalog: report.catalog)
    var parts: [Int: [Part]] = [:]
    for row in 0..<table.count {
      func text(_ place: Int) -> String {
        texts.text(table.keys[place], table.key(row, place)) ?? KeyText.none
      }
      let sum = table.sum(row)
      parts[Int(text(0)) ?? 0, default: []].append(
        Part(
          day: text(1), project: text(2), activity: text(3), seconds: sum.seconds,
          roundedSeconds: isRounded ? sum.roundedSeconds : nil))
    }
    return parts
  }
}

extension ClosedPeriod.Entry {
  fileprivate init(
    _ facts: EventFacts, _ parts: [ClosedPeriod.Part], _ clock: EventClock, isAnonymous: Bool
  ) throws {
    let (start, end) = try clock.texts(facts)
    self.init(
      user: isAnonymous ? Pseudonym.of(facts.mail) : facts.mail, id: facts.id, start: start,
      end: end, subject: isAnonymous ? "" : facts.subject, parts: parts)
  }
}
