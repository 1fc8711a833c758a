import ArgumentParser
import CivilTime
import Console
import NDJSON
import ZoneDatabase

/// `tt-tz zones`: every name that is understood.
struct ListZones: Tool {
  static let configuration = CommandConfiguration(
    commandName: "zones", abstract: "List all names of zones and what they stand for.",
    discussion: """
      Three columns with tabs between them: the name, the country for which it holds (001 is any other, \
      - for IANA names), and the IANA zones, of which the first is taken.
      """)

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    let database = try openDatabase(world.environment)
    var output = StandardOutput()
    for row in WindowsZones.all {
      try append(row.name, row.territory, row.zones.joined(separator: " "), &output)
    }
    for name in database.allNames() { try append(name, "-", name, &output) }
    try output.close()
  }

  private func append(
    _ name: String, _ territory: String, _ zones: String, _ output: inout StandardOutput
  ) throws {
    output.buffer.append(text: "\(name)\t\(territory)\t\(zones)\n")
    try output.settle()
  }
}
