import NDJSON
import Records

/// What has come of one calendar since its last round: waits until the round's end says what it means.
final class PendingRound {
  enum Operation: UInt8 { case event, removed, series }

  /// One record that came, in the order in which they came.
  struct Entry {
    var operation: Operation
    var id: Hash128
    /// The series an event belongs to.
    var master: Hash128
    /// The hash of an event's content.
    var content: Int
    /// The event's row, or the id's text.
    var piece: Spool.Piece
  }

  let key: CalendarKey
  private(set) var entries: [Entry] = []
  private(set) var counts = RoundRecord.Counts()
  var spool = Spool()
  /// A line of this calendar could not be used: what is missing from the round may still be there.
  var isDamaged = false

  init(_ key: CalendarKey) { self.key = key }

  var isEmpty: Bool { entries.isEmpty }

  func append(event row: RawSpan, _ summary: EventReader.Summary) {
    counts.event += 1
    entries.append(
      Entry(
        operation: .event, id: summary.id, master: summary.master, content: summary.content,
        piece: spool.append(row)))
  }

  func append(removed id: String) {
    counts.removed += 1
    append(.removed, id)
  }

  func append(series id: String) {
    counts.series += 1
    append(.series, id)
  }

  /// Lets go of events whose ids `isWanted` doesn't want.
  func keep(_ isWanted: (Hash128) -> Bool) {
    entries.removeAll { $0.operation == .event && !isWanted($0.id) }
  }

  private func append(_ operation: Operation, _ id: String) {
    let bytes = unsafe id.utf8Span.span.bytes
    entries.append(
      Entry(
        operation: operation, id: SipHash.hash(bytes), master: .none, content: 0,
        piece: spool.append(bytes)))
  }

  /// The id that an entry is about.
  func id(of entry: Entry) throws -> String {
    try with(entry) { bytes in
      guard entry.operation == .event else { return String(copying: bytes) }
      var fields: [EventRow.Field] = []
      EventRow.fields(bytes, into: &fields)
      return String(copying: bytes.extracting(fields[0].range))
    }
  }

  /// The categories of events at some positions, in their order; few come more than once.
  func categoryNames(_ positions: [Int]) throws -> [String] {
    var names: [String] = []
    var lists: Set<Hash128> = []
    var fields: [EventRow.Field] = []
    for position in positions {
      try with(entries[position]) { row in
        EventRow.fields(row, into: &fields)
        let list = row.extracting(fields[EventRow.categoriesIndex].range)
        if lists.insert(SipHash.hash(list)).inserted { names += EventRow.categories(row, fields) }
      }
    }
    return names
  }

  /// The bytes of an entry, for the time of the call.
  func with<Result>(_ entry: Entry, _ body: (RawSpan) throws -> Result) throws -> Result {
    try spool.with(entry.piece, body)
  }
}

extension String {
  init(copying bytes: RawSpan) {
    self = unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
