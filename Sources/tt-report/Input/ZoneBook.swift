internal import CivilTime

/// The zones of a report, each with the days of its period, by name or by what an event shows.
struct ZoneBook {
  private let days: ClosedRange<Int>
  private let load: (String) throws -> ZoneRules
  private var numbers: [String: Int32] = [:]
  private var numbersOfCustomZones: [CustomZone: Int32] = [:]

  /// - Parameter load: a zone's rules by its name; throws where there is no such zone.
  init(days: ClosedRange<Int>, load: @escaping (String) throws -> ZoneRules) {
    self.days = days
    self.load = load
  }

  /// The number of a zone that has a name.
  mutating func number(of name: String, in catalog: inout Catalog) throws -> Int32 {
    if let number = numbers[name] { return number }
    let number = catalog.addZone(ZoneDays(days: days, rules: try load(name)))
    numbers[name] = number
    return number
  }

  /// The number of a zone that has none.
  mutating func number(of zone: CustomZone, in catalog: inout Catalog) -> Int32 {
    if let number = numbersOfCustomZones[zone] { return number }
    let number = catalog.addZone(ZoneDays(days: days, rules: zone.rules))
    numbersOfCustomZones[zone] = number
    return number
  }
}
