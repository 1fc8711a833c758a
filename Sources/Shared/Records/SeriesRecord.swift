package import NDJSON

/// The occurrences of this series in this round are all it has in the window.
package struct SeriesRecord: Equatable, Sendable {
  package var key: CalendarKey
  /// The master's id.
  package var id: String

  package init(key: CalendarKey, id: String) {
    self.key = key
    self.id = id
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    key = try CalendarKey(line, scanner)
    id = try scanner.requiredText("id", line)
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .series) {
      key.write(to: &$0)
      $0.append(member: "id", id)
    }
  }
}
