import CivilTime
import Foundation
import Testing
import ZoneDatabase

/// The table against CLDR's own: the rows of version 41 as published, and what CLDR has changed since.
@Suite struct WindowsZonesTests {
  private static let changes = [
    "Central Asia Standard Time;001;Asia/Bishkek", "Central Asia Standard Time;DG;Indian/Chagos",
    "West Asia Standard Time;KZ;Asia/Oral", "Mountain Standard Time;MX;America/Ciudad_Juarez",
    "Mountain Standard Time (Mexico);001;America/Mazatlan",
    "Mountain Standard Time (Mexico);MX;America/Mazatlan",
    "Kamchatka Standard Time;001;Asia/Kamchatka", "Mid-Atlantic Standard Time;001;Etc/GMT+2",
    "Central Europe Standard Time;XK;Europe/Belgrade", "GMT Standard Time;IC;Atlantic/Canary",
    "Romance Standard Time;EA;Africa/Ceuta", "Greenwich Standard Time;AC;Atlantic/St_Helena",
    "Greenwich Standard Time;TA;Atlantic/St_Helena",
  ]
  /// Rows that went: the world's row counts there.
  private static let dropped: Set = [
    "Central Asia Standard Time;KZ", "Hawaiian Standard Time;UM", "Pacific Standard Time;ZZ",
    "Mountain Standard Time;ZZ", "Central Standard Time;ZZ", "Eastern Standard Time;ZZ",
  ]

  private func expected() throws -> [String: String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracle/cldr-41-windows-zones.txt")
    var result: [String: String] = [:]
    let published = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    for row in published + Self.changes.map({ Substring($0) }) {
      let parts = row.split(separator: ";")
      let key = "\(parts[0]);\(parts[1])"
      guard !Self.dropped.contains(key) else { continue }
      result[key] = String(parts[2].prefix { $0 != " " })
    }
    return result
  }

  @Test
  func `every Windows name in every territory is as CLDR has it`() throws {
    let expected = try expected()
    let names = Set(expected.keys.map { String($0.prefix { $0 != ";" }) })
    let territories = Set(expected.keys.map { String($0.drop { $0 != ";" }.dropFirst()) })
    #expect(names.count == 141)
    #expect(territories.count > 200)
    var differences: [String] = []
    for name in names {
      for territory in territories.union(["QQ"]) {
        let wanted = expected["\(name);\(territory)"] ?? expected["\(name);001"]
        let found = WindowsZones.zone(name, territories: [territory])
        if found != wanted { differences.append("\(name) \(territory): \(found ?? "-")") }
      }
    }
    #expect(differences == [])
  }

  @Test
  func `the table has every row and no other`() throws {
    let rows = Set(WindowsZones.all.map { "\($0.name);\($0.territory)" })
    #expect(rows == Set(try expected().keys))
    #expect(WindowsZones.all.count == rows.count)
  }

  @Test
  func `every zone of the table is in the tz database`() throws {
    let database = try ZoneDatabase(tzdir: ProcessInfo.processInfo.environment["TZDIR"])
    // America/Coyhaique came in 2025: an older tz database may still lack it.
    let missing = try Set(WindowsZones.all.flatMap(\.zones))
      .filter { try $0 != "America/Coyhaique" && database.zone($0) == nil }
    #expect(missing == [])
  }

  @Test
  func `an old name is known where the system leaves it out`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let asia = folder.appending(path: "Asia")
    try FileManager.default.createDirectory(at: asia, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let system = ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"
    try Data(contentsOf: URL(filePath: "\(system)/Asia/Kolkata"))
      .write(to: asia.appending(path: "Kolkata"))
    let database = try ZoneDatabase(tzdir: folder.path)
    let zone = try database.zone("asia/CALCUTTA")
    #expect(zone?.name == "Asia/Calcutta")
    #expect(zone?.rules.offset(at: 0) == 19800)
    #expect(database.allNames() == ["Asia/Kolkata"])
  }
}
