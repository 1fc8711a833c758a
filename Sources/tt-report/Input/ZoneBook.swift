internal import CivilTime

/// The zones of a report, each with the days of its period, by name or by what an event shows.
struct ZoneBook: Sendable {
  private let days: ClosedRange<Int>
  private let load: @Sendable (String) throws -> ZoneRules
  private var numbers: [String: Int32] = [:]
  private var numbersOfCustomZones: [CustomZone: Int32] = [:]

  /// - Parameter load: a zone's rules by its name; throws where there is no such zone.
  init(days: ClosedRange<Int>, load: @escaping @Sendable (String) throws -> ZoneRules) {
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

extension ZoneDays {
  /// Days begin when the clocks first show their date.
  init(days: ClosedRange<Int>, rules: ZoneRules) {
    self.init(
      days: days, startOfDay: { rules.startOfDay($0) },
      offset: { instant in
        let stretch = rules.stretch(at: instant)
        return (stretch.offset, stretch.seconds.upperBound)
      })
  }
}

extension ZoneRules {
  /// The first instant of a day.
  ///
  /// Midnight itself where the clocks show it; where a switch leaves it out, the instant of the switch.
  func startOfDay(_ day: Int) -> Int {
    let midnight = day * 86400
    let resolution = resolve(wall: midnight)
    let instant = midnight - resolution.offset
    return resolution.kind == .gap ? stretch(at: instant).seconds.lowerBound : instant
  }
}
