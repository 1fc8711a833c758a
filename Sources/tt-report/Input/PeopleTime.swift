internal import CivilTime
internal import NDJSON
internal import Records

/// Everybody's working hours and recorded time, by name.
struct PeopleTime {
  private(set) var times: [(name: String, time: PersonTime)] = []

  private let almanac: Almanac
  private let tz: ZoneRules?

  /// Those of whom the source has a user or an entry, if they are asked for.
  init(
    _ gathered: Gathered<RecordedTime.Outcome>, _ source: SourceOptions, _ almanac: Almanac
  ) throws {
    self.almanac = almanac
    tz = try source.tz.map { try almanac.rules(option: $0) }
    let catalog = gathered.outcome.catalog
    var users: [String: UserRecord] = [:]
    for user in gathered.names.users { users[user.id] = user }
    var found: [(name: String, id: String, time: PersonTime)] = []
    for (place, person) in gathered.outcome.people.enumerated() {
      let user = users.removeValue(forKey: catalog.ids[place])
      let zone = person.zone.map { catalog.zones[Int($0)].rules }
      let name = catalog.users[catalog.userOfPerson[place]]
      found.append((name, catalog.ids[place], try time(user, person, zone)))
    }
    for user in users.values {
      let mail = user.mail ?? user.userPrincipalName ?? user.id
      guard source.filter.admits(person: user.id, mail: mail) else { continue }
      let name = source.anonymise ? Pseudonym.of(mail) : mail
      found.append((name, user.id, try time(user, RecordedTime.Person(), nil)))
    }
    // Several people may have one address.
    found.sort { $0.name == $1.name ? precedes($0.id, $1.id) : precedes($0.name, $1.name) }
    times = found.map { ($0.name, $0.time) }
  }

  /// A person's zone, working hours, what is recorded, and their days off.
  private func time(
    _ user: UserRecord?, _ person: RecordedTime.Person, _ zoneOfEvents: ZoneRules?
  ) throws -> PersonTime {
    let settings = user?.workingHours.flatMap { try? JSONTree($0) }
    let territories = user?.usageLocation.map { [$0] } ?? []
    let named = try zone(user?.timeZone, territories)
    let ofHours = try zone(settings?["timeZone"]?["name"]?.string, territories)
    let own = named ?? ofHours ?? zoneOfEvents ?? ZoneRules(PosixRule(standardOffset: 0))
    let rules = tz ?? own
    return PersonTime(
      rules: rules, hours: settings.flatMap(WorkingHours.init), hoursRules: ofHours ?? own,
      recorded: Stretches(person.recorded),
      away: Stretches(
        person.away.map { rules.startOfDay($0.lowerBound)..<rules.startOfDay($0.upperBound) }))
  }

  /// The zone that a mailbox names as Windows or IANA do.
  private func zone(_ name: String?, _ territories: [String]) throws -> ZoneRules? {
    guard let name, !name.isEmpty else { return nil }
    return try almanac.rules(WindowsZones.zone(name, territories: territories) ?? name)
  }
}
