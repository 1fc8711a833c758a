import Records

/// Random numbers that are the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Streams of a small world, full of what goes wrong: cut, filtered, interleaved, repeated, out of order.
struct StreamGenerator {
  private static let windows = [
    RoundRecord.Window(start: "2026-01-01T00:00:00Z", end: "2026-07-01T00:00:00Z"),
    RoundRecord.Window(start: "2026-07-01T00:00:00Z", end: "2027-01-01T00:00:00Z"),
  ]
  /// Inside the first window, inside the second, over their border, and outside both.
  private static let times = [
    ("2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z"),
    ("2026-09-01T09:00:00Z", "2026-09-02T09:00:00Z"),
    ("2026-06-30T23:00:00Z", "2026-07-01T01:00:00Z"),
    ("2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
  ]
  private static let categories = [
    "Acme", "ACME", "acme ", "[PROJECT] Bau", "Größe", "GRÖSSE", "😀",
  ]

  private var random: SeededGenerator
  private var serial = 0

  init(seed: Int) { random = SeededGenerator(seed: seed) }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  /// One stream: rounds of several calendars, shuffled into one another.
  mutating func stream() -> [ModelRecord] {
    var calendars: [[ModelRecord]] = []
    for user in ["u1", "U1"] {
      for calendar in ["primary", "other"] where chance(60) {
        let key = CalendarKey(user: user, calendar: calendar)
        calendars.append((0..<Int.random(in: 1...3, using: &random)).flatMap { _ in part(key) })
      }
    }
    var records: [ModelRecord] = []
    while calendars.contains(where: { !$0.isEmpty }) {
      let index = Int.random(in: 0..<calendars.count, using: &random)
      guard !calendars[index].isEmpty else { continue }
      records.append(calendars[index].removeFirst())
    }
    guard !chance(10) else { return records }
    records.insert(.stream, at: 0)
    if chance(15) {
      records.removeLast(Int.random(in: 0..<records.count, using: &random))
    } else {
      records.append(.end)
    }
    return records
  }

  /// What comes of one calendar up to its round, or to an error in place of it.
  private mutating func part(_ key: CalendarKey) -> [ModelRecord] {
    var records: [ModelRecord] = []
    var counts = RoundRecord.Counts()
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1:
        records.append(.removed(key, id(key)))
        counts.removed += 1
      case 2:
        records.append(.series(key, master(key)))
        counts.series += 1
      default:
        records.append(.event(key, event(key)))
        counts.event += 1
      }
    }
    if chance(10), !records.isEmpty { records.remove(at: 0) }
    if chance(8) { return records + [chance(50) ? .error(key) : .restart(key)] }
    if chance(5) { return records }
    serial += 1
    let round = RoundRecord(
      key: key, mail: "\(key.user)@example.com", mode: chance(50) ? .full : .delta,
      window: pick(Self.windows), counts: counts,
      deltaLink: chance(10) ? nil : "https://example.com/?token=\(serial)",
      startedAt: "2026-11-23T00:00:00Z", finishedAt: "2026-11-23T00:00:00Z")
    return records + [.round(round)]
  }

  /// Ids that differ only in case or a trailing space are different events; a person's calendars share them.
  private mutating func id(_ key: CalendarKey) -> String {
    chance(15) ? master(key) : key.user + pick(["-a", "-A", "-b", "-b ", "-c", "-d=", "-É", "-é"])
  }

  private mutating func master(_ key: CalendarKey) -> String { key.user + pick(["-m1", "-m2"]) }

  private mutating func event(_ key: CalendarKey) -> ModelEvent {
    let (start, end) = pick(Self.times)
    return ModelEvent(
      id: id(key), master: chance(50) ? master(key) : nil,
      subject: pick(["one", "two", "", "drei 😀"]), start: start, end: end,
      categories: Self.categories.filter { _ in chance(25) })
  }
}
