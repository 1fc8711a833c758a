/// One calendar's window, as somebody tracks it.
struct TrackedView: Hashable, Sendable {
  let user: String
  let calendar: Int
  let start: Int
  let end: Int
}

/// What is sent in one piece: a series is never split over pages.
enum DeltaUnit: Sendable {
  case single(Row)
  /// A change of which not all that stayed is told.
  case part(Row)
  case series(Series)
  case removed(ItemKey)

  struct Series: Sendable {
    var master: Row?
    var rows: [Row]
    var isMasterLast: Bool
    /// Whether exceptions leave out what they share with the master.
    var hasPartialExceptions: Bool
  }

  /// How many entries of `value` it makes.
  var count: Int {
    switch self {
    case .single, .part, .removed: 1
    case .series(let series): series.rows.count + (series.master == nil ? 0 : 1)
    }
  }
}

/// Collects what a round has to tell.
struct DeltaRoundMaker {
  let view: View
  let calendar: Int
  var random: SeededRandom

  /// Everything in the window.
  mutating func everything(in mailbox: Mailbox) -> [DeltaUnit] {
    var units: [DeltaUnit] = []
    for item in mailbox.items where item.calendar == calendar {
      if let unit = unit(of: item, isChange: false) { units.append(unit) }
    }
    return withRepeats(units)
  }

  /// What happened after a change number, inside the window and out of it.
  mutating func changes(in mailbox: Mailbox, since: Int) -> [DeltaUnit] {
    var units: [DeltaUnit] = []
    var present: Set<ItemKey> = []
    for item in mailbox.items where item.calendar == calendar {
      present.insert(item.key)
      guard item.changed > since else { continue }
      // What lies outside, or was moved there, is told as removed, seen before or not.
      units.append(unit(of: item, isChange: true) ?? .removed(item.key))
    }
    for stone in mailbox.tombstones
    where stone.calendar == calendar && stone.changed > since && !present.contains(stone.key) {
      units.append(.removed(stone.key))
    }
    return withRepeats(units)
  }

  /// The whole series in the window without its deleted dates; nothing tells those.
  private mutating func unit(of item: CalendarItem, isChange: Bool) -> DeltaUnit? {
    let rows = view.rows(of: item)
    guard let first = rows.first else { return nil }
    guard let master = view.master(of: item) else {
      return isChange && random.once(in: 6) ? .part(first) : .single(first)
    }
    let isLacking = isChange && random.once(in: 4)
    return .series(
      DeltaUnit.Series(
        master: isLacking ? nil : master, rows: rows, isMasterLast: random.once(in: 5),
        hasPartialExceptions: random.once(in: 4)))
  }

  /// Some things come twice, the second time after others.
  private mutating func withRepeats(_ units: [DeltaUnit]) -> [DeltaUnit] {
    var result: [DeltaUnit] = []
    var repeats: [DeltaUnit] = []
    for unit in units {
      result.append(unit)
      if random.once(in: 25) { repeats.append(unit) }
      if random.once(in: 30) { result += repeats.suffix(1) }
    }
    return result + repeats.suffix(1)
  }
}
