import ArgumentParser
import CivilTime
import Console
import NDJSON
import ZoneDatabase

/// `tt-tz lookup`: what a name stands for.
struct Lookup: Tool {
  static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Print the IANA zone that a Windows or IANA name stands for.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "A zone's name as Windows, IANA or Graph spells it.")
  var name: String

  @OptionGroup var territory: TerritoryOption

  func run(_ world: World) throws {
    let database = try openDatabase(world.environment)
    let territories = [territory.code?.code].compactMap(\.self)
    var output = StandardOutput()
    output.buffer.append(text: try zone(database, territories) + "\n")
    try output.close()
  }

  private func zone(_ database: ZoneDatabase, _ territories: [String]) throws -> String {
    switch ZoneName(name, territories: territories) {
    case .custom:
      throw Failure(.badData, "\"\(name)\" is a zone that only its mailbox can describe")
    case .zones(let names):
      let zone = try orFailure { () throws(ZoneDatabaseFault) in
        try database.zone(firstOf: names)
      }
      if let zone { return zone.name }
    case .none, .unknown: break
    }
    throw Failure(
      .badData, "no time zone is called \"\(name)\"", hint: "tt-tz zones lists all names")
  }
}
