internal import CivilTime

/// Counts the events of a period, each by itself.
struct EntryCounter {
  let plan: HoursPlan
  let rules: RuleBook?
  let clock: EventClock
  let zone: String?
  let isAnonymous: Bool
  /// Whether entries tell who pays, and rates.
  var keepsMoney = true

  /// The entries that events come to, in order of time.
  func entries(of book: EventBook) throws -> [ClosedEntry] {
    var zones = ZoneBook(days: plan.days) { try clock.rules(named: $0) }
    let money: [ReportKey] = keepsMoney ? [.billable, .rate] : []
    var engine = HoursEngine(
      plan: plan, tables: [[.organizer, .day, .project, .activity] + money])
    var number = 0
    // The place of an event in the book stands where its organizer would.
    try book.feed(&engine, &zones, zone: zone, rules: rules) { _ in
      defer { number += 1 }
      return "\(number)"
    }
    let entries = try zip(book.events, parts(engine.finish(), of: number)).compactMap {
      facts, parts in parts.isEmpty ? nil : try entry(facts, parts)
    }
    return entries.sorted { $0.isBefore($1) }
  }

  /// The rows of each event, in the order of the book.
  private func parts(_ report: HoursReport, of events: Int) -> [[ClosedEntry.Part]] {
    let table = report.tables[0]
    let texts = KeyText(catalog: report.catalog)
    let isRounded = plan.rounding?.place == .entry
    var parts = [[ClosedEntry.Part]](repeating: [], count: events)
    for row in 0..<table.count {
      func text(_ place: Int) -> String? {
        texts.text(table.keys[place], table.key(row, place))
      }
      let sum = table.sum(row)
      parts[text(0).flatMap { Int($0) } ?? 0].append(
        ClosedEntry.Part(
          day: text(1) ?? KeyText.none, project: text(2) ?? KeyText.none,
          activity: text(3) ?? KeyText.none, billable: keepsMoney ? text(4) : nil,
          rate: keepsMoney ? text(5) : nil, seconds: sum.seconds,
          roundedSeconds: isRounded ? sum.roundedSeconds : nil))
    }
    return parts
  }

  private func entry(_ facts: EventFacts, _ parts: [ClosedEntry.Part]) throws -> ClosedEntry {
    let (start, end) = try clock.texts(facts)
    return ClosedEntry(
      user: isAnonymous ? Pseudonym.of(facts.mail) : facts.mail, id: facts.id, start: start,
      end: end, subject: isAnonymous ? "" : facts.subject, parts: parts)
  }
}
