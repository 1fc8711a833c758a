/// Gathers what each person recorded, and their days off.
struct RecordedTime: EntryEngine, ~Copyable {
  let days: ClosedRange<Int>
  var catalog = Catalog()
  private let showAs: HoursPlan.ShowAs
  private let onlyProjects: Bool
  private var people: [Person] = []

  struct Person: Sendable {
    /// Stretches of the entries that count, in any order; several may claim the same time.
    var recorded: [Range<Int>] = []
    /// Days off, by their numbers.
    var away: [Range<Int>] = []
    /// The zone of the first entry, by its number.
    var zone: Int32?
  }

  /// Everybody's time, by the catalog's numbers of people.
  struct Outcome: Sendable {
    let catalog: Catalog
    let people: [Person]
  }

  init(days: ClosedRange<Int>, showAs: HoursPlan.ShowAs, onlyProjects: Bool) {
    self.days = days
    self.showAs = showAs
    self.onlyProjects = onlyProjects
  }

  var needsIds: Bool { false }
  var needsUsers: Bool { true }

  /// Days are those of the person's zone, which may be any.
  func holds(_ entry: Entry) -> Bool {
    let first = days.lowerBound - 2
    let end = days.upperBound + 3
    return entry.isAllDay
      ? entry.start < end && entry.end > first
      : entry.start < end * 86400 && entry.end > first * 86400
  }

  mutating func add(_ entry: Entry, id: [UInt8]) {
    guard holds(entry) else { return }
    let place = Int(entry.person)
    while people.count <= place { people.append(Person()) }
    if people[place].zone == nil { people[place].zone = entry.zone }
    let showAs = catalog.showAs.names[Int(entry.showAs)]
    if entry.flags == .allDay, showAs == "oof" {
      people[place].away.append(entry.start..<entry.end)
    }
    guard entry.flags.isEmpty, self.showAs.contains(showAs),
      !onlyProjects || !catalog.labels[Int(entry.labels)].projects.isEmpty
    else { return }
    people[place].recorded.append(entry.start..<entry.end)
  }

  mutating func settlePerson() {}

  consuming func finish() -> Outcome {
    while people.count < catalog.mails.count { people.append(Person()) }
    return Outcome(catalog: catalog, people: people)
  }
}
