extension Tenant {
  /// `POST /_control/change?seed=&count=&kinds=&people=`: changes calendars and says what it did.
  func change(_ request: Request) -> Response {
    let query = request.query
    let count = query.integer("count") ?? 10
    let named = (query["kinds"] ?? "").split(separator: ",").map {
      ChangeKind(rawValue: String($0))
    }
    guard !named.contains(nil) else {
      return refuse("kinds are \(ChangeKind.allCases.map(\.rawValue).joined(separator: ","))")
    }
    let kinds = named.compactMap { $0 }
    let summary = world.withLock { world in
      world.changeRounds += 1
      let seed = query.integer("seed") ?? world.changeRounds
      var changer = Changer(seed: seed, round: world.changeRounds, now: world.now, zones: zones)
      for _ in 0..<count {
        changer.changeCalendar(&world, kinds.isEmpty ? ChangeKind.ordinary : kinds)
      }
      return changer.counts
    }
    return .object { json in
      for kind in ChangeKind.allCases { json.member(kind.rawValue, summary[kind] ?? 0) }
    }
  }
}

enum ChangeKind: String, Sendable, CaseIterable {
  case create, createSeries, rename, move, recategorise, delete, deleteSeries, deleteOccurrence
  case moveOccurrence, renameOccurrence, reschedule, cancel, decline, makePrivate, moveOut
  case moveToOtherCalendar

  static let ordinary = allCases
}

/// Makes changes that follow from a seed.
struct Changer {
  private(set) var counts: [ChangeKind: Int] = [:]
  private var random: SeededRandom
  private let zones: ZoneCatalogue
  private let instant: Int

  init(seed: Int, round: Int, now: Int, zones: ZoneCatalogue) {
    random = SeededRandom(seed, "changes", String(round))
    instant = now + round * 60
    self.zones = zones
  }

  /// One change in somebody's mailbox.
  mutating func changeCalendar(_ world: inout World, _ kinds: [ChangeKind]) {
    let readable = world.people.filter { $0.access == .readable && world.mailboxes[$0.id] != nil }
    guard !readable.isEmpty else { return }
    for _ in 0..<20 {
      let person = random.pick(readable)
      let kind = random.pick(kinds)
      guard var box = world.mailboxes[person.id] else { continue }
      var filler = MailboxFiller(
        person: person, seed: Int(truncatingIfNeeded: random.next() >> 1), now: world.now)
      guard apply(kind, &box, &filler) else { continue }
      world.mailboxes[person.id] = box
      counts[kind, default: 0] += 1
      return
    }
  }

  private mutating func apply(
    _ kind: ChangeKind, _ box: inout Mailbox, _ filler: inout MailboxFiller
  ) -> Bool {
    switch kind {
    case .create: box.add(filler.singleDraft(), calendar: 0, at: instant)
    case .createSeries:
      box.add(filler.seriesDraft(random.integer(0...40)), calendar: 0, at: instant)
    case .rename, .recategorise, .cancel, .decline, .makePrivate:
      guard let index = pick(box, where: { _ in true }) else { return false }
      let subject = "Renamed \(random.integer(1...9999))"
      let categories = filler.categories()
      box.change(index, at: instant) { rewrite(&$0.content, kind, subject, categories) }
    case .move, .moveOut:
      guard let index = pick(box, where: { $0.series == nil }) else { return false }
      let days = kind == .moveOut ? -25 * 365 : random.pick([-7, -1, 1, 3, 30])
      box.change(index, at: instant) { $0.shift(days: days) }
    case .delete, .deleteSeries:
      let wantsSeries = kind == .deleteSeries
      guard let index = pick(box, where: { ($0.series != nil) == wantsSeries }) else {
        return false
      }
      box.remove(index)
    case .moveToOtherCalendar:
      guard box.calendars.count > 1, let index = pick(box, where: { _ in true }) else {
        return false
      }
      box.move(index, to: 1 - box.items[index].calendar, at: instant)
    case .deleteOccurrence, .moveOccurrence, .renameOccurrence, .reschedule:
      guard let index = pick(box, where: { $0.series != nil }) else { return false }
      return changeSeries(kind, &box, index)
    }
    return true
  }

  private mutating func pick(_ box: Mailbox, where fits: (CalendarItem) -> Bool) -> Int? {
    let indices = box.items.indices.filter { fits(box.items[$0]) }
    return indices.isEmpty ? nil : random.pick(indices)
  }

  private func rewrite(
    _ content: inout Content, _ kind: ChangeKind, _ subject: String, _ categories: [String]
  ) {
    switch kind {
    case .rename: content.subject = subject
    case .recategorise: content.categories = categories
    case .cancel: content.isCancelled = true
    case .decline: content.response = "declined"
    default: content.sensitivity = "private"
    }
  }

  private mutating func changeSeries(_ kind: ChangeKind, _ box: inout Mailbox, _ index: Int) -> Bool
  {
    let item = box.items[index]
    guard var series = item.series else { return false }
    let today = CivilDay(at: instant)
    let dates = series.dates(through: today + 60).filter { !series.deleted.contains($0) }
    guard let date = dates.isEmpty ? nil : random.pick(Array(dates.suffix(60))) else {
      return false
    }
    switch kind {
    case .deleteOccurrence:
      series.deleted.insert(date)
      series.exceptions[date] = nil
    case .reschedule:
      series.startOfDay = series.startOfDay.map { ($0 + 2700) % 72_000 }
      series.firstDay = series.firstDay + random.integer(-2...2)
      series.exceptions = [:]
      series.deleted = []
    default:
      let rules = zones[series.zoneName] ?? ZoneCatalogue.utc
      var exception =
        series.exceptions[date]
        ?? Series.Exception(when: series.slot(on: date, rules), content: item.content)
      if kind == .renameOccurrence { exception.content.subject = "Renamed date" }
      if kind == .moveOccurrence {
        exception.when = exception.when.shifted(days: random.integer(1...3))
      }
      series.exceptions[date] = exception
    }
    box.change(index, at: instant) { $0.shape = .series(series) }
    return true
  }
}

extension When {
  func shifted(days: Int) -> When {
    switch self {
    case .timed(let start, let end):
      .timed(start: start + days * 86_400, end: end + days * 86_400)
    case .allDay(let start, let end): .allDay(start: start + days, end: end + days)
    }
  }
}

extension CalendarItem {
  mutating func shift(days: Int) {
    guard case .single(let when) = shape else { return }
    shape = .single(when.shifted(days: days))
  }
}
