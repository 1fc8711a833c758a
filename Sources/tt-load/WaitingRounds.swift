import NDJSON
import Records

/// Everything that came and was not committed yet, by calendar; memory is kept within bounds.
struct WaitingRounds {
  /// Rows of all calendars together take this much memory at most; more goes to temporary files.
  private static let memoryLimit = 4 << 20

  private let temporaryFolder: String
  private var rounds: [CalendarKey: PendingRound] = [:]
  /// The round that was asked for last: most often that of the next record, too.
  private var latest: PendingRound?
  private var people: [ExactText: Surroundings] = [:]
  private var categoriesSeen = 0
  private var memoryInUse = 0
  /// Lines that could not be used and that nobody can say the calendar of.
  private var rejected = 0
  private var rejectedBefore: [CalendarKey: Int] = [:]

  init(temporaryFolder: String) { self.temporaryFolder = temporaryFolder }

  /// What waits of a calendar; nothing yet, for a new one.
  mutating func round(_ key: CalendarKey) -> PendingRound {
    if let latest, latest.key == key { return latest }
    let round = rounds[key] ?? PendingRound(key)
    rounds[key] = round
    latest = round
    return round
  }

  /// Takes a calendar's records out.
  ///
  /// Whether lines were lost that may have belonged to it is told by `isDamaged`.
  mutating func take(_ key: CalendarKey) -> PendingRound {
    latest = nil
    let round = rounds.removeValue(forKey: key) ?? PendingRound(key)
    memoryInUse -= round.spool.bytesInMemory
    round.isDamaged = rejected > rejectedBefore[key, default: 0]
    if rejected > 0 { rejectedBefore[key] = rejected }
    return round
  }

  /// All calendars of which something waits, in a fixed order.
  var keys: [CalendarKey] {
    rounds.keys.sorted { ($0.user, $0.calendar) < ($1.user, $1.calendar) }
  }

  mutating func noteRejected() { rejected += 1 }

  mutating func noteGrowth(_ round: PendingRound, by bytes: Int) throws {
    memoryInUse += bytes
    guard memoryInUse > Self.memoryLimit else { return }
    let largest = rounds.values.max { $0.spool.bytesInMemory < $1.spool.bytesInMemory } ?? round
    memoryInUse -= largest.spool.bytesInMemory
    try largest.spool.spill(folder: temporaryFolder)
  }

  mutating func discard(_ key: CalendarKey) {
    latest = nil
    if let round = rounds.removeValue(forKey: key) { memoryInUse -= round.spool.bytesInMemory }
  }

  mutating func discard(user: String) {
    for key in rounds.keys where ExactText(key.user) == ExactText(user) { discard(key) }
  }

  mutating func discardAll() {
    for key in rounds.keys { discard(key) }
    people = [:]
  }
}

// MARK: - People and their categories

extension WaitingRounds {
  mutating func note(_ record: UserRecord) {
    change(record.id) {
      $0.record = record
      $0.status = .active
    }
  }

  mutating func note(status: Person.Status, of user: String) {
    change(user) { $0.status = status }
  }

  private mutating func change(_ user: String, _ body: (inout Person) -> Void) {
    var around = people[ExactText(user)] ?? Surroundings()
    var person = around.person ?? Person(id: user)
    body(&person)
    around.person = person
    people[ExactText(user)] = around
  }

  mutating func note(_ record: CategoryRecord) {
    categoriesSeen += 1
    people[ExactText(record.user), default: Surroundings()].categories.append(record)
    people[ExactText(record.user)]?.order = categoriesSeen
  }

  /// What came about a person besides events; it is not told twice.
  mutating func takePerson(_ id: String) -> Surroundings {
    people.removeValue(forKey: ExactText(id)) ?? Surroundings()
  }

  /// What came about people of whom no round did, in the order in which their categories came.
  mutating func takePeople() -> [Surroundings] {
    defer { people = [:] }
    return people.sorted { ($0.value.order, $0.key.text) < ($1.value.order, $1.key.text) }
      .map(\.value)
  }
}
