internal import Console
internal import NDJSON
internal import Records

/// What takes the records of a stream that a report is made of.
protocol RecordSink: ~Copyable {
  mutating func take(event line: RawSpan, _ scanner: borrowing ObjectScanner) throws
  mutating func take(user: UserRecord) throws
  mutating func take(category: CategoryRecord) throws
}

/// What a reader of the report should know about the stream.
struct StreamNotes {
  var failedCalendars = 0
  var restarts = 0
  var rejectedLines = 0
}

/// Reads a stream for a report: the first bad line ends it, a stream that was cut is told from a whole one.
struct RecordStream<Sink: RecordSink & ~Copyable>: LineHandler, ~Copyable {
  var sink: Sink
  private var scanner = ObjectScanner()
  private var kinds = RecordKindReader()
  private var sawStream = false
  private var sawEnd = false
  /// A line that is no whole JSON object: where the stream was cut if it is the last, else bad data.
  private var fault: (line: Int, reason: String)?
  private(set) var notes = StreamNotes()

  init(_ sink: consuming Sink) { self.sink = sink }

  /// The sink with all that it took.
  consuming func finish() -> Sink { sink }

  mutating func take(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    if let fault { throw badData(fault.line, fault.reason) }
    do {
      try scanner.scan(line)
    } catch {
      guard error.reason == .unexpectedEnd else { throw badData(number, "\(error)") }
      fault = (number, "\(error)")
      return
    }
    do {
      try takeRecord(line)
    } catch let fault as RecordFault {
      throw badData(number, "\(fault)", hint: hint(for: fault))
    }
  }

  @inline(__always)
  private mutating func takeRecord(_ line: RawSpan) throws {
    switch kinds.kind(of: line, scanner) {
    case .event: try sink.take(event: line, scanner)
    case .user: try sink.take(user: UserRecord(line, scanner))
    case .category: try sink.take(category: CategoryRecord(line, scanner))
    case .stream: try takeStream(StreamRecord(line, scanner))
    case .end: sawEnd = true
    case .error: notes.failedCalendars += 1
    case .restart: notes.restarts += 1
    case .reject: notes.rejectedLines += 1
    case .token, .series, .removed, .round, .state, .plan, nil: break
    }
  }

  private mutating func takeStream(_ record: StreamRecord) throws {
    guard record.version == StreamRecord.currentVersion else {
      throw RecordFault("the stream has version \(record.version), which is not known here")
    }
    sawStream = true
    sawEnd = false
  }

  mutating func takeOverlong(number: Int, into output: inout OutputBuffer) throws {
    if let fault { throw badData(fault.line, fault.reason) }
    throw badData(number, RejectRecord.overlongReason)
  }

  /// Why the stream isn't whole; nil when it is.
  var cut: Failure? {
    if let fault {
      return Failure(
        .temporary, "line \(fault.line): the stream was cut: \(fault.reason)", hint: cutHint)
    }
    guard sawStream, !sawEnd else { return nil }
    return Failure(.temporary, "the stream was cut: it has no end record", hint: cutHint)
  }

  private var cutHint: String {
    "the report covers what arrived; see why the program in front stopped, and run again"
  }

  private func badData(_ line: Int, _ reason: String, hint: String? = nil) -> Failure {
    Failure(.badData, "line \(line): \(reason)", hint: hint)
  }

  private func hint(for fault: RecordFault) -> String? {
    fault.description.contains("Utc\"") ? "put tt-tz in front: … | tt-tz | tt-report -" : nil
  }
}
