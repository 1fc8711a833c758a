import CivilTime
import NDJSON
import Records

/// Decides which zones an event's times are in, and notes where it had to make do.
struct ZoneResolver {
  var shelf: ZoneShelf
  /// The names that nobody knew, and how many events had to do without them.
  var unknown = UnknownNames()
  /// Where local zones were found that should have been found elsewhere.
  private(set) var makeshifts = MakeshiftCounts()
  let choice: LocalChoice
  private let policy: UnknownZonePolicy
  private var startMemo = NameMemo()
  private var endMemo = NameMemo()
  private var originalMemo = NameMemo()
  /// The unknown names that the present event had to do without.
  private var missed: [UnknownNames.Number] = []

  /// The zone that local times are in, and where it was found.
  struct Local: Equatable {
    let place: ZoneShelf.Place
    let source: ZoneSource
  }

  /// What decides about one event's zones.
  private struct Clues {
    let event: EventMoments
    let mailbox: Mailbox
    let start: ZoneShelf.Meaning
  }

  init(_ shelf: ZoneShelf, _ choice: LocalChoice, _ policy: UnknownZonePolicy) {
    self.shelf = shelf
    self.choice = choice
    self.policy = policy
  }

  mutating func times(
    _ event: EventMoments, _ mailbox: Mailbox, _ line: RawSpan
  ) throws -> (EventTimes, Local) {
    missed.removeAll(keepingCapacity: true)
    let start = try startMemo.meaning(of: event.start.zone, line, mailbox.territory, &shelf)
    let clues = Clues(event: event, mailbox: mailbox, start: start)
    let result =
      event.isAllDay ? try allDayTimes(clues, line) : try timesOfDay(clues, line)
    if !missed.isEmpty { missed.forEach { unknown.count($0) } }
    return result
  }

  /// Dates are the dates in the person's zone, whatever zone stands beside them.
  private mutating func allDayTimes(_ clues: Clues, _ line: RawSpan) throws -> (EventTimes, Local) {
    let local = try personZone(clues, line)
    let times = try EventTimes(
      allDayFrom: clues.event.start.wall, to: clues.event.end.wall, local.place, &shelf)
    if local.source != .mailbox { makeshifts.count(local.source) }
    return (times, local)
  }

  @inline(__always)
  private mutating func timesOfDay(_ clues: Clues, _ line: RawSpan) throws -> (EventTimes, Local) {
    let event = clues.event
    let local = try localZone(clues, line)
    let start = try place(clues.start, event.start.zone, clues, line)
    let end = try endPlace(clues, start, line)
    let times = try EventTimes(from: event.start.wall, start, to: event.end.wall, end, &shelf)
    if local.source != choice.preference.source { makeshifts.count(local.source) }
    return (times, local)
  }

  /// The zone that is asked for with `--local`, for events with a time of day.
  @inline(__always)
  private mutating func localZone(_ clues: Clues, _ line: RawSpan) throws -> Local {
    switch choice.preference {
    case .mailbox: break
    case .zone(let place): return Local(place: place, source: .option)
    case .event:
      if let place = try originalPlace(clues, line) { return Local(place: place, source: .event) }
    }
    return try personZone(clues, line)
  }

  /// The person's zone; without one, the event's own, then `--zone`, then the system's.
  @inline(__always)
  private mutating func personZone(_ clues: Clues, _ line: RawSpan) throws -> Local {
    if let place = clues.mailbox.zone { return Local(place: place, source: .mailbox) }
    return try makeshiftZone(clues, line)
  }

  private mutating func makeshiftZone(_ clues: Clues, _ line: RawSpan) throws -> Local {
    if let name = clues.mailbox.unknownName { try miss(name) }
    if let place = try originalPlace(clues, line) { return Local(place: place, source: .event) }
    if case .zone(let place) = clues.start, !shelf.isUTC(place) {
      return Local(place: place, source: .event)
    }
    if let place = choice.option { return Local(place: place, source: .option) }
    return Local(place: choice.system, source: .system)
  }

  private mutating func originalPlace(
    _ clues: Clues, _ line: RawSpan
  ) throws -> ZoneShelf.Place? {
    let name = clues.event.originalZone
    switch try originalMemo.meaning(of: name, line, clues.mailbox.territory, &shelf) {
    case .zone(let place): return place
    case .none, .custom: return nil
    case .unknown:
      try miss(name, line)
      return nil
    }
  }

  /// The zone of a border: Graph's default is UTC; a custom or an unknown zone gives way to the person's.
  @inline(__always)
  private mutating func place(
    _ meaning: ZoneShelf.Meaning, _ name: Value?, _ clues: Clues, _ line: RawSpan
  ) throws -> ZoneShelf.Place {
    switch meaning {
    case .zone(let place): return place
    case .none: return ZoneShelf.utc
    case .custom: break
    case .unknown: try miss(name, line)
    }
    return try personZone(clues, line).place
  }

  /// An end without a zone is in the start's.
  @inline(__always)
  private mutating func endPlace(
    _ clues: Clues, _ start: ZoneShelf.Place, _ line: RawSpan
  ) throws -> ZoneShelf.Place {
    let name = clues.event.end.zone
    let meaning = try endMemo.meaning(of: name, line, clues.mailbox.territory, &shelf)
    return meaning == .none ? start : try place(meaning, name, clues, line)
  }

  private mutating func miss(_ name: Value?, _ line: RawSpan) throws {
    guard let name else { return }
    try miss(unknown.number(of: name.text(line)))
  }

  /// Notes that an event goes without the zone of this name, or refuses it.
  private mutating func miss(_ name: UnknownNames.Number) throws {
    guard policy == .fallback else {
      throw RecordFault("the time zone \"\(unknown.names[name])\" is not known")
    }
    if !missed.contains(name) { missed.append(name) }
  }
}

extension LocalChoice.Preference {
  /// Where a local zone is found when nothing is missing.
  var source: ZoneSource {
    switch self {
    case .mailbox: .mailbox
    case .event: .event
    case .zone: .option
    }
  }
}
