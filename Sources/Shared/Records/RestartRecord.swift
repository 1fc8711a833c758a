package import NDJSON

/// Takes back what came of a calendar since its last round: the round begins anew.
package struct RestartRecord: Equatable, Sendable {
  package var key: CalendarKey

  package init(key: CalendarKey) { self.key = key }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    key = try CalendarKey(line, scanner)
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .restart) { key.write(to: &$0) }
  }
}
