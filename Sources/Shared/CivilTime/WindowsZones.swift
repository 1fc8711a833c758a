/// Windows' names of zones and what CLDR says they mean, person by person's country.
package enum WindowsZones {
  /// One row of CLDR's table.
  package struct Row: Hashable, Sendable {
    package let name: String
    /// An ISO 3166 code; `001` is the world, `ZZ` no country.
    package let territory: String
    /// IANA names, the one to take first.
    package let zones: [String]
  }

  /// The IANA name for a Windows name in any case, or nil when that is no Windows name.
  ///
  /// The first of the territories that CLDR lists for the name decides, and without one the world's row.
  package static func zone(_ name: String, territories: [String] = []) -> String? {
    let rows = rows { equalIgnoringCase($0, name.utf8) }
    for territory in territories + ["001"] {
      let row = rows.first { equalIgnoringCase($0.territory.utf8, territory.utf8) }
      if let zone = row?.zones.first { return zone }
    }
    return nil
  }

  package static var all: [Row] { rows { _ in true } }

  private static func rows(where isWanted: (Substring.UTF8View) -> Bool) -> [Row] {
    WindowsZoneTable.text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard isWanted(line.prefix { $0 != UInt8(ascii: ";") }) else { return nil }
      let parts = Substring(line).split(separator: ";")
      return Row(
        name: String(parts[0]), territory: String(parts[1]),
        zones: parts[2].split(separator: " ").map(String.init))
    }
  }
}

/// Whether two texts are the same but for the case of ASCII letters.
package func equalIgnoringCase(
  _ left: some Collection<UInt8>, _ right: some Collection<UInt8>
) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { lowercase($0) == lowercase($1) }
}

private func lowercase(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
