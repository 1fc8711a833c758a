package import NDJSON

/// Gone from this calendar's window.
///
/// Ids that nobody has seen are normal; a master's id means all its occurrences.
package struct RemovedRecord: Equatable, Sendable {
  package var key: CalendarKey
  package var id: String
  /// `deleted` or `changed`, as the service says.
  package var reason: String

  package init(key: CalendarKey, id: String, reason: String) {
    self.key = key
    self.id = id
    self.reason = reason
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    key = try CalendarKey(line, scanner)
    id = try scanner.requiredText("id", line)
    reason = try scanner.text("reason", line) ?? "deleted"
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .removed) {
      key.write(to: &$0)
      $0.append(member: "id", id)
      $0.append(member: "reason", reason)
    }
  }
}
