package import NDJSON

/// Closes one calendar's part of the stream: a sink may commit what it covers.
package struct RoundRecord: Equatable, Sendable {
  package enum Mode: String, Sendable {
    /// All that the window holds; what is not among it is gone.
    case full
    /// What changed since the last round.
    case delta
  }

  package struct Window: Hashable, Sendable {
    /// RFC 3339, UTC; the end is exclusive.
    package var start: String
    package var end: String

    package init(start: String, end: String) {
      self.start = start
      self.end = end
    }
  }

  /// How many records of each kind the round wrote.
  package struct Counts: Equatable, Sendable {
    package var event = 0
    package var series = 0
    package var removed = 0

    package init(event: Int = 0, series: Int = 0, removed: Int = 0) {
      self.event = event
      self.series = series
      self.removed = removed
    }
  }

  package var key: CalendarKey
  package var mail: String?
  package var mode: Mode
  package var window: Window
  package var counts: Counts
  /// Where the next round goes on; none when the service gave none.
  package var deltaLink: String?
  package var startedAt: String
  package var finishedAt: String

  package init(
    key: CalendarKey, mail: String?, mode: Mode, window: Window, counts: Counts,
    deltaLink: String? = nil, startedAt: String, finishedAt: String
  ) {
    self.key = key
    self.mail = mail
    self.mode = mode
    self.window = window
    self.counts = counts
    self.deltaLink = deltaLink
    self.startedAt = startedAt
    self.finishedAt = finishedAt
  }
}

extension RoundRecord {
  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    key = try CalendarKey(line, scanner)
    mail = try scanner.text("mail", line)
    let modeText = try scanner.requiredText("mode", line)
    guard let mode = Mode(rawValue: modeText) else {
      throw RecordFault("\"mode\" is neither full nor delta: \"\(modeText)\"")
    }
    self.mode = mode
    window = try Window(line, scanner)
    counts = try Counts(line, scanner)
    deltaLink = try scanner.text("deltaLink", line)
    startedAt = try scanner.text("startedAt", line) ?? ""
    finishedAt = try scanner.text("finishedAt", line) ?? ""
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .round) {
      $0.append(member: "user", key.user)
      $0.append(member: "mail", mail)
      $0.append(member: "calendar", key.calendar)
      $0.append(member: "mode", mode.rawValue)
      window.write(to: &$0)
      counts.write(to: &$0)
      $0.append(member: "deltaLink", deltaLink)
      $0.append(member: "startedAt", startedAt)
      $0.append(member: "finishedAt", finishedAt)
    }
  }
}

extension RoundRecord.Window {
  init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    guard let place = try scanner.object("window") else {
      throw RecordFault("\"window\" is missing")
    }
    let inner = try scanner.inner(line, place)
    start = try inner.requiredText("start", line)
    end = try inner.requiredText("end", line)
  }

  func write(to output: inout OutputBuffer) {
    output.append(member: "window")
    output.append("{\"start\":")
    output.append(jsonString: start)
    output.append(member: "end", end)
    output.append("}")
  }
}

extension RoundRecord.Counts {
  init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    guard let place = try scanner.object("counts") else {
      throw RecordFault("\"counts\" is missing")
    }
    let inner = try scanner.inner(line, place)
    event = try Self.count("event", inner, line)
    series = try Self.count("series", inner, line)
    removed = try Self.count("removed", inner, line)
  }

  private static func count(
    _ name: MemberName, _ counts: borrowing ObjectScanner, _ line: RawSpan
  ) throws(RecordFault) -> Int {
    guard let count = try counts.integer(name, line), count >= 0 else {
      throw RecordFault("\"counts\" does not say how many \"\(name.text)\" there are")
    }
    return count
  }

  func write(to output: inout OutputBuffer) {
    output.append(member: "counts")
    output.append("{\"event\":")
    output.append(integer: event)
    output.append(member: "series", series)
    output.append(member: "removed", removed)
    output.append("}")
  }
}

extension ObjectScanner {
  /// A scan of an object inside the line that this scanner has found.
  func inner(_ line: RawSpan, _ place: Value) throws(RecordFault) -> ObjectScanner {
    var inner = ObjectScanner()
    do throws(JSONFault) {
      try inner.scan(line, place)
    } catch {
      throw RecordFault("\(error)")
    }
    return inner
  }
}
