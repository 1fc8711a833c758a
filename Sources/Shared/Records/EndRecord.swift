package import NDJSON

/// The last line of tt-fetch: its absence means that the pipe broke.
package struct EndRecord: Equatable, Sendable {
  package struct Counts: Equatable, Sendable {
    package var users = 0
    package var rounds = 0
    package var events = 0
    package var errors = 0

    package init(users: Int = 0, rounds: Int = 0, events: Int = 0, errors: Int = 0) {
      self.users = users
      self.rounds = rounds
      self.events = events
      self.errors = errors
    }
  }

  package var run: String
  package var counts: Counts

  package init(run: String, counts: Counts) {
    self.run = run
    self.counts = counts
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    run = try scanner.text("run", line) ?? ""
    counts = Counts()
    guard let place = try scanner.object("counts") else { return }
    let inner = try scanner.inner(line, place)
    counts.users = try inner.integer("users", line) ?? 0
    counts.rounds = try inner.integer("rounds", line) ?? 0
    counts.events = try inner.integer("events", line) ?? 0
    counts.errors = try inner.integer("errors", line) ?? 0
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .end) {
      $0.append(member: "run", run)
      $0.append(member: "counts")
      $0.append("{\"users\":")
      $0.append(integer: counts.users)
      $0.append(member: "rounds", counts.rounds)
      $0.append(member: "events", counts.events)
      $0.append(member: "errors", counts.errors)
      $0.append("}")
    }
  }
}
