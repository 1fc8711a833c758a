import ArgumentParser
import Console

/// What becomes of an event whose zone's name nobody knows.
enum UnknownZonePolicy: String, CaseIterable {
  case fallback, reject
}

/// Which zone local times are in, and what counts where a stream doesn't say.
struct LocalChoice {
  enum Preference: Equatable {
    case mailbox
    case event
    /// One zone for all.
    case zone(ZoneShelf.Place)
  }

  let preference: Preference
  /// The zone of `--zone`.
  let option: ZoneShelf.Place?
  let system: ZoneShelf.Place

  init(
    _ local: String, _ zone: String?, _ territory: Territory?, _ environment: Environment,
    _ shelf: inout ZoneShelf
  ) throws {
    shelf.defaultTerritory = territory
    preference =
      switch local {
      case "mailbox": .mailbox
      case "event": .event
      default: .zone(try Self.place(local, "--local", &shelf))
      }
    option = try zone.map { try Self.place($0, "--zone", &shelf) }
    system = try shelf.systemPlace(tz: environment["TZ"])
  }

  private static func place(
    _ name: String, _ option: String, _ shelf: inout ZoneShelf
  ) throws -> ZoneShelf.Place {
    guard case .zone(let place) = try shelf.meaning(of: name, in: nil) else {
      throw Failure(
        .usage, "\(option) is \"\(name)\", which is no time zone",
        hint: "tt-tz zones lists all names")
    }
    return place
  }
}

/// Where an event's local zone was found.
enum ZoneSource: String {
  case mailbox, event, option, system
}
