import CivilTime
import ZoneDatabase

/// The zones that a stream names: each is read once and stays, with its memory of the last time asked for.
struct ZoneShelf {
  /// A zone on the shelf, by its place.
  typealias Place = Int

  struct Zone {
    /// The IANA name; nil for a zone that has none.
    let name: String?
    var clock: LocalClock
  }

  /// What a name in the stream turned out to be.
  enum Meaning: Equatable {
    case zone(Place)
    /// A zone that only the mailbox can describe.
    case custom
    case none
    case unknown
  }

  private struct Key: Hashable {
    let text: String
    let territory: Territory?
  }

  /// Whatever a stream names, no more meanings than this are kept at a time.
  private static let meaningLimit = 2000
  /// No zone's name comes near this length.
  private static let nameLimit = 200

  private(set) var zones: [Zone] = []
  private let database: ZoneDatabase
  private var places: [String: Place] = [:]
  private var customPlaces: [PosixRule: Place] = [:]
  private var meanings: [Key: Meaning] = [:]
  /// The country that `--territory` names.
  var defaultTerritory: Territory?

  /// UTC stands first.
  static let utc: Place = 0

  init(_ database: ZoneDatabase) {
    self.database = database
    zones.append(Zone(name: "Etc/UTC", clock: LocalClock(ZoneRules(.utc))))
    places["Etc/UTC"] = Self.utc
  }

  /// Looks a name up as Graph spells it; the person's country tells Windows' zones apart.
  mutating func meaning(of text: String, in territory: Territory?) throws -> Meaning {
    guard text.utf8.count <= Self.nameLimit else { return .unknown }
    let key = Key(text: text, territory: territory)
    if let known = meanings[key] { return known }
    if meanings.count >= Self.meaningLimit { meanings.removeAll() }
    let meaning = try find(text, territory)
    meanings[key] = meaning
    return meaning
  }

  private mutating func find(_ text: String, _ territory: Territory?) throws -> Meaning {
    let territories = [territory, defaultTerritory].compactMap { $0?.code }
    switch ZoneName(text, territories: territories) {
    case .none: return .none
    case .custom: return .custom
    case .unknown: return .unknown
    case .zones(let names):
      let zone = try orFailure { () throws(ZoneDatabaseFault) in
        try database.zone(firstOf: names)
      }
      guard let zone else { return .unknown }
      return .zone(place(zone.name, zone.rules))
    }
  }

  /// Puts a zone on the shelf, unless it stands there.
  private mutating func place(_ name: String, _ rules: ZoneRules) -> Place {
    if let place = places[name] { return place }
    zones.append(Zone(name: name, clock: LocalClock(rules)))
    places[name] = zones.count - 1
    return zones.count - 1
  }

  /// Puts a zone without a name on the shelf.
  mutating func place(_ rule: PosixRule) -> Place {
    if let place = customPlaces[rule] { return place }
    zones.append(Zone(name: nil, clock: LocalClock(ZoneRules(rule))))
    customPlaces[rule] = zones.count - 1
    return zones.count - 1
  }

  /// The zone of this machine; `tz` is what the variable `TZ` says.
  mutating func systemPlace(tz: String?) throws -> Place {
    let system = try orFailure { () throws(ZoneDatabaseFault) in
      try database.systemZone(tz: tz)
    }
    if let name = system.name { return place(name, system.rules) }
    zones.append(Zone(name: nil, clock: LocalClock(system.rules)))
    return zones.count - 1
  }

  @inline(__always)
  mutating func resolve(_ place: Place, wall seconds: Int) -> WallResolution {
    zones[place].clock.resolve(wall: seconds)
  }

  @inline(__always)
  mutating func offset(_ place: Place, at seconds: Int) -> Int {
    zones[place].clock.offset(at: seconds)
  }

  /// Whether a zone is UTC under one of its names.
  func isUTC(_ place: Place) -> Bool {
    guard let name = zones[place].name else { return false }
    return ["Etc/UTC", "UTC", "Etc/UCT", "UCT", "Etc/Universal", "Universal", "Etc/Zulu", "Zulu"]
      .contains(name)
  }
}

extension PosixRule {
  static let utc = PosixRule(standardOffset: 0)
}
