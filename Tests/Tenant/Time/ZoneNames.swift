/// Windows names that the tenant's people and clients use, with CLDR's zone for the whole world.
private let windowsZones = [
  "UTC": "Etc/UTC",
  "W. Europe Standard Time": "Europe/Berlin",
  "Romance Standard Time": "Europe/Paris",
  "Central European Standard Time": "Europe/Warsaw",
  "Central Europe Standard Time": "Europe/Budapest",
  "GMT Standard Time": "Europe/London",
  "GTB Standard Time": "Europe/Bucharest",
  "Eastern Standard Time": "America/New_York",
  "Central Standard Time": "America/Chicago",
  "Pacific Standard Time": "America/Los_Angeles",
  "Newfoundland Standard Time": "America/St_Johns",
  "E. South America Standard Time": "America/Sao_Paulo",
  "India Standard Time": "Asia/Kolkata",
  "Nepal Standard Time": "Asia/Kathmandu",
  "Tokyo Standard Time": "Asia/Tokyo",
  "China Standard Time": "Asia/Shanghai",
  "AUS Eastern Standard Time": "Australia/Sydney",
  "Lord Howe Standard Time": "Australia/Lord_Howe",
  "New Zealand Standard Time": "Pacific/Auckland",
  "Morocco Standard Time": "Africa/Casablanca",
  "Samoa Standard Time": "Pacific/Apia",
  "tzone://Microsoft/Utc": "Etc/UTC",
  "Asia/Yangon (Rangoon)": "Asia/Yangon",
  "Asia/Toshkent (Tashkent)": "Asia/Tashkent",
]

/// Rules by the name a mailbox or a request spells, Windows or IANA.
///
/// Each file is read once.
final class ZoneCatalogue: Sendable {
  static let utc = ZoneRules(fixedOffset: 0)
  private let known = Locked<[String: ZoneRules]>([:])

  subscript(_ name: String) -> ZoneRules? {
    if let rules = known.withLock({ $0[name] }) { return rules }
    guard let rules = zoneRules(named: windowsZones[name] ?? name) else { return nil }
    known.withLock { $0[name] = rules }
    return rules
  }

  /// The names offered by `supportedTimeZones`, sorted.
  static let windowsNames = windowsZones.keys.filter { $0.hasSuffix("Time") || $0 == "UTC" }
    .sorted()
}
