/// Old names of zones, for systems whose tz database leaves them out.
package enum LegacyZones {
  /// The zone that an old name, in any case, stands for, and the name as the tz database spells it.
  package static func target(_ name: String) -> (spelling: String, zone: String)? {
    for line in LegacyZoneTable.text.utf8.split(separator: UInt8(ascii: "\n")) {
      let spelling = line.prefix { $0 != UInt8(ascii: ";") }
      guard equalIgnoringCase(spelling, name.utf8) else { continue }
      let zone = line.dropFirst(spelling.count + 1)
      return (String(Substring(spelling)), String(Substring(zone)))
    }
    return nil
  }
}
