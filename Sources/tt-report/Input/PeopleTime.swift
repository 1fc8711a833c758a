internal import CivilTime
internal import NDJSON
internal import Records

/// Everybody's working hours and recorded time, by name.
struct PeopleTime {
  private(set) var times: [(name: String, time: PersonTime)] = []

  private let almanac: Almanac
  private let source: SourceOptions
  private let days: ClosedRange<Int>

  init(
    _ book: EventBook, _ period: Period, _ source: SourceOptions, _ almanac: Almanac,
    showAs: HoursPlan.ShowAs, onlyProjects: Bool
  ) throws {
    self.almanac = almanac
    self.source = source
    days = period.days
    var users: [String: UserRecord] = [:]
    for user in book.users { users[user.id] = user }
    let events = Dictionary(grouping: book.events) { $0.user.isEmpty ? $0.mail : $0.user }
    for key in Set(users.keys).union(events.keys).sorted(by: precedes) {
      let user = users[key]
      let own = events[key] ?? []
      let mail = user.map { $0.mail ?? $0.userPrincipalName ?? $0.id } ?? own.first?.mail ?? key
      guard source.filter.admits(person: key, mail: mail) else { continue }
      var time = try time(user, own)
      time.recorded = Stretches(
        own.filter {
          $0.flags.isEmpty && showAs.contains($0.showAs)
            && !(onlyProjects && !$0.categories.contains(where: book.meaning.isProject))
        }.map { $0.start..<$0.end })
      times.append((source.anonymise ? Pseudonym.of(mail) : mail, time))
    }
    times.sort { precedes($0.name, $1.name) }
  }

  /// A person's zone and working hours, and their days off.
  private func time(_ user: UserRecord?, _ events: [EventFacts]) throws -> PersonTime {
    let settings = user?.workingHours.flatMap { try? JSONTree($0) }
    let territories = user?.usageLocation.map { [$0] } ?? []
    let named = try zone(user?.timeZone, territories)
    let ofHours = try zone(settings?["timeZone"]?["name"]?.string, territories)
    let own = try named ?? ofHours ?? zone(of: events)
    let rules = try source.tz.map { try almanac.rules(option: $0) } ?? own
    let off = events.filter { $0.flags == .allDay && $0.showAs == "oof" }.compactMap(\.days)
    return PersonTime(
      rules: rules, hours: settings.flatMap(WorkingHours.init), hoursRules: ofHours ?? own,
      recorded: Stretches([]),
      away: Stretches(
        off.map { rules.startOfDay($0.lowerBound)..<rules.startOfDay($0.upperBound) }))
  }

  /// The zone that a mailbox names as Windows or IANA do.
  private func zone(_ name: String?, _ territories: [String]) throws -> ZoneRules? {
    guard let name, !name.isEmpty else { return nil }
    return try almanac.rules(WindowsZones.zone(name, territories: territories) ?? name)
  }

  private func zone(of events: [EventFacts]) throws -> ZoneRules {
    guard let first = events.first else { return ZoneRules(PosixRule(standardOffset: 0)) }
    return try EventClock(almanac, zone: nil).rules(first)
  }
}
