package import NDJSON

/// What the first member of a line says it is.
package enum RecordKind: String, Sendable, CaseIterable {
  case stream, token, user, category, event, series, removed, round, state, error, end, reject
  case restart, plan
}

/// Finds out what kind of record a scanned line is.
package struct RecordKindReader: Sendable {
  private var record: RememberedName = "record"
  private let byName: [String: RecordKind]

  package init() {
    byName = Dictionary(uniqueKeysWithValues: RecordKind.allCases.map { ($0.rawValue, $0) })
  }

  /// The kind, or nil for a line without `record` and for kinds that this version doesn't know.
  @inline(__always)
  package mutating func kind(
    of line: RawSpan, _ scanner: borrowing ObjectScanner
  ) -> RecordKind? {
    guard let value = scanner.value(&record) else { return nil }
    if value.equals("event", line) { return .event }
    return value.stringText(line).flatMap { byName[$0] }
  }
}
