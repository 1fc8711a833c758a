import Records

/// People whose mailboxes nobody reads yet; each comes once.
struct PeopleQueue {
  private let filter: PeopleFilter
  private var waiting: [UserRecord] = []
  private var head = 0
  private var known: Set<String> = []
  /// How many were found so far that are to be read.
  private(set) var total = 0

  init(_ filter: PeopleFilter) { self.filter = filter }

  var count: Int { waiting.count - head }

  mutating func add(_ people: [UserRecord]) {
    for person in people where filter.includes(person) && known.insert(person.id).inserted {
      waiting.append(person)
      total += 1
    }
  }

  mutating func next() -> UserRecord? {
    guard head < waiting.count else {
      waiting.removeAll()
      head = 0
      return nil
    }
    defer { head += 1 }
    return waiting[head]
  }
}
