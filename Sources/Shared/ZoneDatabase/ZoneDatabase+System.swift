package import CivilTime

extension ZoneDatabase {
  /// The zone of this machine: `TZ`, else what `/etc/localtime` leads to, else UTC.
  ///
  /// `TZ` may be a name, with or without a colon in front, or a rule such as `CET-1CEST,M3.5.0,M10.5.0/3`,
  /// whose zone has no name.
  package func systemZone(
    tz: String?
  ) throws(ZoneDatabaseFault) -> (name: String?, rules: ZoneRules) {
    if let tz {
      let name = tz.hasPrefix(":") ? String(tz.dropFirst()) : tz
      if let zone = try zone(name) { return (zone.name, zone.rules) }
      if let rule = PosixRule(tz) { return (nil, ZoneRules(rule)) }
    } else if let zone = try localtime() {
      return zone
    }
    return ("Etc/UTC", ZoneRules(PosixRule(standardOffset: 0)))
  }

  /// The zone that `/etc/localtime` links to or, where that is a copy, the name in `/etc/timezone`.
  private func localtime() throws(ZoneDatabaseFault) -> (name: String?, rules: ZoneRules)? {
    if let link = linkTarget("/etc/localtime") {
      let parts = link.split(separator: "/")
      for count in stride(from: min(3, parts.count), to: 0, by: -1) {
        if let zone = try zone(parts.suffix(count).joined(separator: "/")) {
          return (zone.name, zone.rules)
        }
      }
    }
    if let bytes = try fileBytes("/etc/timezone") {
      let name = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
      if let zone = try zone(name) { return (zone.name, zone.rules) }
    }
    guard let bytes = try fileBytes("/etc/localtime") else { return nil }
    do throws(ZoneFileFault) {
      return (nil, try ZoneFile.rules(bytes))
    } catch {
      throw .malformed("/etc/localtime", error)
    }
  }
}
