package import CivilTime

/// The zone files of the system: `TZDIR`, else `/usr/share/zoneinfo`.
package struct ZoneDatabase: Sendable {
  /// A zone and the name it goes by.
  package struct Zone: Sendable {
    package let name: String
    package let rules: ZoneRules
  }

  package let folder: String

  package init(tzdir: String?) throws(ZoneDatabaseFault) {
    let folders = tzdir.map { [$0] } ?? ["/usr/share/zoneinfo", "/usr/lib/zoneinfo"]
    guard let folder = folders.first(where: isFolder) else { throw .missing(folders) }
    self.folder = folder
  }

  /// The zone of an IANA name in any case; nil when the database hasn't got it.
  ///
  /// The zone's name is the database's spelling. Old names that this system leaves out are known too.
  package func zone(_ name: String) throws(ZoneDatabaseFault) -> Zone? {
    guard ZoneName.isSound(name), !Self.isAlias(name) else { return nil }
    if let rules = try rules(name) { return Zone(name: name, rules: rules) }
    if let spelling = spelling(name), let rules = try rules(spelling) {
      return Zone(name: spelling, rules: rules)
    }
    guard let legacy = LegacyZones.target(name), let rules = try rules(legacy.zone) else {
      return nil
    }
    return Zone(name: legacy.spelling, rules: rules)
  }

  /// The first of several names that the database has.
  package func zone(firstOf names: [String]) throws(ZoneDatabaseFault) -> Zone? {
    for name in names {
      if let zone = try zone(name) { return zone }
    }
    return nil
  }

  private func rules(_ name: String) throws(ZoneDatabaseFault) -> ZoneRules? {
    let path = "\(folder)/\(name)"
    guard let bytes = try fileBytes(path) else { return nil }
    do throws(ZoneFileFault) {
      return try ZoneFile.rules(bytes)
    } catch .noMagic {
      // Lists and notes lie among the zone files.
      return nil
    } catch {
      throw .malformed(path, error)
    }
  }

  /// The name as the database's folders spell it.
  private func spelling(_ name: String) -> String? {
    var result = ""
    for part in name.split(separator: "/") {
      let inside = result.isEmpty ? folder : "\(folder)/\(result)"
      let names = names(inFolder: inside)
      guard let spelled = names.first(where: { equalIgnoringCase($0.utf8, part.utf8) }) else {
        return nil
      }
      result += result.isEmpty ? spelled : "/\(spelled)"
    }
    return Self.isAlias(result) ? nil : result
  }

  /// Copies of the database, and names that mean another zone on every machine.
  private static func isAlias(_ name: String) -> Bool {
    name.hasPrefix("posix/") || name.hasPrefix("right/")
      || ["localtime", "posixrules", "posix", "right"].contains(name)
  }
}

extension ZoneDatabase {
  /// The names of all zones, links among them, in order.
  package func allNames() -> [String] {
    var result: [String] = []
    collect("", into: &result)
    return result.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func collect(_ parent: String, into result: inout [String]) {
    for entry in names(inFolder: parent.isEmpty ? folder : "\(folder)/\(parent)") {
      let name = parent.isEmpty ? entry : "\(parent)/\(entry)"
      guard ZoneName.isSound(name), !Self.isAlias(name) else { continue }
      if isFolder("\(folder)/\(name)") {
        collect(name, into: &result)
      } else if (try? rules(name)) != nil {
        result.append(name)
      }
    }
  }
}
