/// What takes the entries of a report one by one, and says in the end what came of them.
protocol EntryEngine: ~Copyable {
  associatedtype Outcome: Sendable

  /// The first and the last day, each person's own.
  var days: ClosedRange<Int> { get }
  var catalog: Catalog { get set }
  /// Whether entries need their ids, and come person by person.
  var needsIds: Bool { get }
  /// Whether the settings of people's mailboxes are asked for.
  var needsUsers: Bool { get }

  /// Whether the entry is one of those that count in any way.
  func holds(_ entry: Entry) -> Bool
  /// Takes one entry; others than those that `holds` are no part of the report.
  mutating func add(_ entry: Entry, id: [UInt8])
  /// Called when a person's entries are all there, if they come person by person.
  mutating func settlePerson()
  consuming func finish() -> Outcome
}
