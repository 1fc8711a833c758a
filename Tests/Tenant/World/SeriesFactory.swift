/// Makes recurring events of every pattern, and what people did to their dates.
struct SeriesFactory {
  var random: SeededRandom
  var writer: ContentWriter
  let now: Int
  let zone: MailboxZone
  let rules: ZoneRules

  mutating func draft(_ index: Int) -> Mailbox.Draft {
    let isAllDay = index % 9 == 7
    let today = CivilDay(at: now)
    var series = Series(
      pattern: pattern(index), firstDay: today + -random.integer(30...900), end: .never,
      zoneName: seriesZone(index), startOfDay: isAllDay ? nil : random.integer(28...68) * 900,
      length: isAllDay ? 86_400 * random.integer(1...2) : random.pick([900, 1800, 3600, 5400]))
    if index % 8 == 4 { series.startOfDay = 2 * 3600 + 1800 }  // inside the hour that DST skips
    if index % 5 != 0 { series.end = .on(today + random.integer(-60...200)) }
    if index % 5 == 2 { series.end = .after(random.integer(3...40)) }
    let content = writer.content()
    disturb(&series, content)
    return Mailbox.Draft(
      zoneName: zone.eventZone, content: content, shape: .series(series))
  }

  private mutating func pattern(_ index: Int) -> Pattern {
    switch index % 7 {
    case 0: .weekly(every: 1, on: [1, 2, 3, 4, 5])
    case 1: .weekly(every: random.integer(1...3), on: [random.integer(1...5)])
    case 2: .daily(every: random.integer(1...4))
    case 3: .monthlyOnDay(every: 1, day: random.pick([1, 15, 31]))
    case 4: .monthlyOnWeekday(every: 1, week: random.integer(1...5), weekday: random.integer(1...5))
    case 5: .weekly(every: 2, on: [1, 4])
    default: .yearly(month: random.integer(1...12), day: random.pick([1, 29]))
    }
  }

  /// Most series keep the person's clock time; some were made by a colleague elsewhere.
  private mutating func seriesZone(_ index: Int) -> String {
    if index % 6 == 5 { return random.pick(["Pacific Standard Time", "Europe/Paris", "UTC"]) }
    return zone.iana == "Etc/UTC" || !zone.name.contains("Standard Time") ? zone.iana : zone.name
  }

  /// Deletes some dates, moves or renames others.
  private mutating func disturb(_ series: inout Series, _ content: Content) {
    let dates = series.dates(through: CivilDay(at: now) + 120).suffix(120)
    for date in dates where random.once(in: 12) {
      guard random.once(in: 2), let exception = exception(on: date, series, content) else {
        series.deleted.insert(date)
        continue
      }
      series.exceptions[date] = exception
    }
  }

  private mutating func exception(
    on date: CivilDay, _ series: Series, _ content: Content
  ) -> Series.Exception? {
    var exception = Series.Exception(when: series.slot(on: date, rules), content: content)
    guard case .timed(let start, let end) = exception.when else { return nil }
    switch random.integer(0...3) {
    case 0: exception.content.subject = "Moved: " + (content.subject ?? "")
    case 1: exception.content.categories = writer.categories()
    case 2: exception.content.isCancelled = true
    default: exception.content.response = "declined"
    }
    if random.once(in: 2) {
      let shift = random.pick([-2 * 86_400, -3600, 1800, 86_400, 5 * 86_400])
      exception.when = .timed(start: start + shift, end: end + shift)
    }
    return exception
  }
}
