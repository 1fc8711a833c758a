/// Makes one person's mailbox from the seed.
struct MailboxFiller {
  let person: Person
  let now: Int
  private let seed: Int
  private var writer: ContentWriter
  private var random: SeededRandom
  private let rules: ZoneRules

  init(person: Person, seed: Int, now: Int) {
    self.person = person
    self.seed = seed
    self.now = now
    random = SeededRandom(seed, "mailbox", person.id)
    writer = ContentWriter(
      owner: Mailer(name: person.displayName, address: person.mail ?? person.userPrincipalName),
      random: SeededRandom(seed, "content", person.id))
    rules = zoneRules(named: person.zone.iana) ?? ZoneCatalogue.utc
  }

  mutating func mailbox(_ mix: EventMix) -> Mailbox {
    let categories = categoryNames.enumerated().map { index, name in
      Mailbox.Category(
        id: guid(seed, "category", person.id, name), name: name,
        color: index % 7 == 6 ? "none" : "preset\(index % 25)")
    }
    var box = Mailbox(
      owner: person.id, seed: seed,
      calendars: [
        Mailbox.Calendar(name: "Calendar", color: "auto"),
        Mailbox.Calendar(name: "Side projects", color: "lightGreen"),
      ], categories: categories)
    for index in 0..<mix.series { box.add(seriesDraft(index), calendar: 0, at: pastInstant()) }
    guard mix.shape == .mixed else {
      for _ in 0..<mix.count { box.add(plainDraft(), calendar: 0, at: pastInstant()) }
      return box
    }
    for _ in 0..<max(0, mix.count - mix.series) {
      box.add(singleDraft(), calendar: random.once(in: 15) ? 1 : 0, at: pastInstant())
    }
    addTwins(to: &box)
    return box
  }

  /// Ids that differ only in case: a pair of single events and a pair of series.
  private mutating func addTwins(to box: inout Mailbox) {
    box.add(plainDraft(), calendar: 0, at: pastInstant())
    box.addTwin(plainDraft(), at: pastInstant())
    box.add(seriesDraft(1), calendar: 0, at: pastInstant())
    box.addTwin(seriesDraft(2), at: pastInstant())
  }

  private mutating func pastInstant() -> Int { now - random.integer(1...400 * 86_400) }

  /// A working-hours event on the quarter hour.
  private mutating func plainDraft() -> Mailbox.Draft {
    let day = CivilDay(at: now) + random.integer(-400...200)
    let length = random.pick([900, 1800, 2700, 3600, 5400, 7200])
    return timed(day, at: random.integer(28...72) * 900, length: length, writer.content())
  }

  private func timed(
    _ day: CivilDay, at second: Int, length: Int, _ content: Content
  ) -> Mailbox.Draft {
    let start = rules.instant(ofWall: day.midnight + second)
    return Mailbox.Draft(
      zoneName: person.zone.eventZone, content: content,
      shape: .single(.timed(start: start, end: start + length)))
  }

  /// An event of any kind: odd lengths, other zones, whole days.
  mutating func singleDraft() -> Mailbox.Draft {
    let day = CivilDay(at: now) + random.integer(-400...200)
    switch random.integer(0...19) {
    case 0: return timed(day, at: 23 * 3600, length: 3 * 3600, writer.content())
    case 1: return timed(day, at: 9 * 3600, length: 0, writer.content())
    case 2: return wholeDays(day, 1)
    case 3: return wholeDays(day, random.integer(2...16))
    case 4: return timed(day, at: 6 * 3600 + 17 * 60 + 13, length: 1501, writer.content())
    case 5: return timed(day, at: 12 * 3600, length: 50 * 3600, writer.content())
    case 6: return nearSwitch()
    case 7: return elsewhere(plainDraft())
    default: return plainDraft()
    }
  }

  private mutating func wholeDays(_ day: CivilDay, _ count: Int) -> Mailbox.Draft {
    var content = writer.content()
    if !random.once(in: 3) { content.showAs = random.pick(["oof", "free"]) }
    return Mailbox.Draft(
      zoneName: person.zone.eventZone, content: content,
      shape: .single(.allDay(start: day, end: day + count)))
  }

  /// In the hours around a switch of the clocks, where the zone has one.
  private mutating func nearSwitch() -> Mailbox.Draft {
    let near = rules.changes.filter { abs($0.at - now) < 400 * 86_400 }
    guard !near.isEmpty else { return plainDraft() }
    let start = random.pick(near).at + random.integer(-8...4) * 900
    return Mailbox.Draft(
      zoneName: person.zone.eventZone, content: writer.content(),
      shape: .single(.timed(start: start, end: start + random.pick([1800, 3600, 10_800]))))
  }

  /// Somebody in another zone made it.
  private mutating func elsewhere(_ draft: Mailbox.Draft) -> Mailbox.Draft {
    var copy = draft
    copy.zoneName = random.pick([
      "Pacific Standard Time", "Asia/Shanghai", "tzone://Microsoft/Utc", "tzone://Microsoft/Custom",
      "Customized Time Zone", "", "UTC",
    ])
    return copy
  }

  mutating func categories() -> [String] { writer.categories() }

  mutating func seriesDraft(_ index: Int) -> Mailbox.Draft {
    var factory = SeriesFactory(
      random: random, writer: writer, now: now, zone: person.zone, rules: rules)
    defer { (random, writer) = (factory.random, factory.writer) }
    return factory.draft(index)
  }
}
