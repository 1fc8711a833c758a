/// Turns entries into a report: choose, clip, settle overlap, cut at borders, share, round, group.
///
/// Sums grow as entries come, unless time that several entries claim has to be settled: then a person's entries
/// wait until all of them are there.
struct HoursEngine: EntryEngine, ~Copyable {
  let plan: HoursPlan
  var catalog = Catalog()
  private var tallies: [Tally]
  private var ledger = LedgerCounter()
  private var worked = WorkedTime()
  private let cutter: Cutter
  private var pieces: [Piece] = []
  private var waiting: [Int32: [Waiting]] = [:]
  private var countsShowAs: [Bool] = []

  /// An entry whose time isn't settled yet.
  private struct Waiting {
    var entry: Entry
    var clipped: Range<Int>
    var id: [UInt8]
  }

  /// A report with one table for each list of keys.
  init(plan: HoursPlan, tables: [[ReportKey]]) {
    self.plan = plan
    let dayKeys = DayKeys(plan.days, plan.weekStart)
    let grain = tables.map(Grain.init(of:)).max() ?? .whole
    tallies = tables.map { Tally($0, plan: plan, dayKeys: dayKeys, cut: grain) }
    cutter = Cutter(grain: grain)
  }

  var days: ClosedRange<Int> { plan.days }
  var needsUsers: Bool { false }

  /// Whether entries need their ids: those that began together are told apart by them.
  var needsIds: Bool { plan.overlap != .count }

  /// Whether some of the entry, or its place if it has no length, lies in the person's period.
  @inline(__always)
  func holds(_ entry: Entry) -> Bool {
    let period = catalog.periods[Int(entry.zone)]
    let isEmpty = entry.start == entry.end
    // A zone may have skipped the only day of the period.
    guard !period.isEmpty else { return false }
    if entry.isAllDay {
      return entry.start <= plan.days.upperBound
        && (isEmpty ? entry.start >= plan.days.lowerBound : entry.end > plan.days.lowerBound)
    }
    return entry.start < period.upperBound
      && (isEmpty ? entry.start >= period.lowerBound : entry.end > period.lowerBound)
  }

  /// Takes one entry; those outside the period are no part of the report.
  @inline(__always)
  mutating func add(_ entry: Entry, id: [UInt8]) {
    guard holds(entry) else { return }
    if entry.isAllDay { return addAllDay(entry, id) }
    let period = catalog.periods[Int(entry.zone)]
    let clipped = unsafe Range(
      uncheckedBounds: (
        max(entry.start, period.lowerBound), min(entry.end, period.upperBound)
      ))
    guard isChosen(entry, seconds: clipped.upperBound &- clipped.lowerBound) else { return }
    settle(entry, clipped, id)
  }

  @inline(__always)
  private mutating func settle(
    _ entry: Entry, _ clipped: Range<Int>, _ id: [UInt8]
  ) {
    if plan.overlap != .count, !clipped.isEmpty {
      waiting[entry.person, default: []].append(Waiting(entry: entry, clipped: clipped, id: id))
      return
    }
    let zone = catalog.zones[Int(entry.zone)]
    let seconds = clipped.upperBound &- clipped.lowerBound
    // Mostly it is one, which is sooner taken than all are cleared.
    while pieces.popLast() != nil {}
    if plan.splitsDays {
      cutter.cut(clipped, for: seconds, in: zone, into: &pieces)
    } else {
      pieces.append(whole(seconds, at: clipped.lowerBound, zone))
    }
    if seconds > 0 { worked.add(clipped, person: Int(entry.person)) }
    show(entry, seconds)
  }

  /// Everything where the entry begins.
  private func whole(_ seconds: Int, at start: Int, _ zone: ZoneDays) -> Piece {
    let cell = cutter.cell(at: start, in: zone)
    return Piece(day: cell.day, hour: cell.hour, seconds: seconds)
  }

  @inline(__always)
  private mutating func show(_ entry: Entry, _ seconds: Int) {
    ledger.show(seconds)
    let subject = Tally.Subject(
      user: catalog.userOfPerson[Int(entry.person)], organizer: UInt32(bitPattern: entry.organizer),
      showAs: UInt32(bitPattern: entry.showAs), labels: entry.labels, isEmpty: seconds == 0)
    for index in 0..<tallies.count {
      tallies[index].count(subject, catalog.labels[Int(entry.labels)], pieces)
    }
  }

  /// Whether the entry counts; if not, the ledger says why.
  @inline(__always)
  private mutating func isChosen(_ entry: Entry, seconds: Int) -> Bool {
    if !entry.flags.isEmpty, let reason = reason(entry.flags) {
      ledger.leaveOut(reason, seconds: seconds)
      return false
    }
    guard counts(showAs: Int(entry.showAs)) else {
      ledger.leaveOut(showAs: Int(entry.showAs), seconds: seconds)
      return false
    }
    if plan.onlyProjects, catalog.labels[Int(entry.labels)].projects.isEmpty {
      ledger.leaveOut(.noProject, seconds: seconds)
      return false
    }
    return true
  }

  private func reason(_ flags: Entry.Flags) -> Ledger.Reason? {
    if flags.contains(.seriesMaster) { return .seriesMaster }
    if flags.contains(.cancelled) { return .cancelled }
    if flags.contains(.declined) { return .declined }
    return flags.contains(.allDay) && plan.allDay == .skip ? .allDay : nil
  }

  @inline(__always)
  private mutating func counts(showAs value: Int) -> Bool {
    while countsShowAs.count <= value {
      countsShowAs.append(plan.showAs.contains(catalog.showAs.names[countsShowAs.count]))
    }
    return countsShowAs[value]
  }
}

extension HoursEngine {
  /// An all-day event: its days are dates, whatever the zone.
  private mutating func addAllDay(_ entry: Entry, _ id: [UInt8]) {
    let first = max(entry.start, plan.days.lowerBound)
    let end = min(entry.end, plan.days.upperBound + 1)
    if case .seconds(let perDay) = plan.allDay {
      return addDates(first..<end, perDay, entry)
    }
    let zone = catalog.zones[Int(entry.zone)]
    let clipped = zone.start(ofDay: first)..<zone.start(ofDay: end)
    guard isChosen(entry, seconds: clipped.count) else { return }
    var timed = entry
    timed.start = zone.start(ofAnyDay: entry.start)
    settle(timed, clipped, id)
  }

  /// So many seconds a date; they have no place on the clock, hence no overlap.
  private mutating func addDates(_ days: Range<Int>, _ perDay: Int, _ entry: Entry) {
    let seconds = perDay * days.count
    guard isChosen(entry, seconds: seconds) else { return }
    pieces.removeAll(keepingCapacity: true)
    if cutter.grain == .whole || !plan.splitsDays || seconds == 0 {
      let day = cutter.grain == .whole ? 0 : days.lowerBound
      pieces.append(Piece(day: day, hour: Piece.noHour, seconds: seconds))
    } else {
      for day in days { pieces.append(Piece(day: day, hour: Piece.noHour, seconds: perDay)) }
    }
    worked.add(seconds: seconds)
    show(entry, seconds)
  }

  /// Settles the time of everybody whose entries wait.
  mutating func settlePerson() {
    let overlap = Overlap(
      policy: plan.overlap, cutter: Cutter(grain: max(cutter.grain, .day)), zones: catalog.zones)
    for person in waiting.keys.sorted() {
      guard let entries = waiting[person] else { continue }
      let claims = entries.map {
        Overlap.Claim(start: $0.entry.start, id: $0.id, clipped: $0.clipped, zone: $0.entry.zone)
      }
      for (entry, awards) in zip(entries, overlap.awards(claims)) { show(entry, awards) }
    }
    waiting.removeAll()
  }

  private mutating func show(_ waiting: Waiting, _ awards: [Overlap.Award]) {
    let zone = catalog.zones[Int(waiting.entry.zone)]
    worked.add(waiting.clipped, person: Int(waiting.entry.person))
    let seconds = awards.reduce(0) { $0 + $1.seconds }
    let lost = waiting.clipped.count - seconds
    if lost > 0 { ledger.lose(seconds: lost, ofEntry: seconds == 0) }
    guard seconds > 0 else { return }
    pieces.removeAll(keepingCapacity: true)
    if plan.splitsDays {
      for award in awards {
        cutter.cut(award.stretch, for: award.seconds, in: zone, into: &pieces)
      }
    } else {
      pieces.append(whole(seconds, at: waiting.clipped.lowerBound, zone))
    }
    show(waiting.entry, seconds)
  }

  /// The report over everything that was added.
  consuming func finish() -> HoursReport {
    settlePerson()
    let catalog = catalog
    return HoursReport(
      plan: plan, tables: tallies.map { $0.finish(catalog) },
      ledger: ledger.ledger(showAsNames: catalog.showAs.names), workedSeconds: worked.seconds(),
      catalog: catalog)
  }
}

/// Everything that a report shows, before it is put in a form.
struct HoursReport: Sendable {
  let plan: HoursPlan
  let tables: [HoursTable]
  let ledger: Ledger
  /// How long people were busy, each second once a person.
  let workedSeconds: Int
  let catalog: Catalog
}
