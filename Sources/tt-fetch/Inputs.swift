import Console
import NDJSON
import Records

/// What came on standard input: a token, states, people.
struct Inputs {
  var token: TokenRecord?
  /// By the person's id.
  var states: [String: [StateRecord]] = [:]
  /// Nil when no `user` record came: then everybody is read.
  var people: [UserRecord]?

  static func read() throws -> Inputs {
    var reader = InputReader()
    var output = StandardOutput()
    try LineInput().pump(&reader, to: &output)
    return reader.inputs
  }
}

/// Picks out the records that tt-fetch can use; others pass by.
struct InputReader: LineHandler {
  private(set) var inputs = Inputs()
  private var scanner = ObjectScanner()
  private let kinds = RecordKindReader()

  mutating func take(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do {
      try scanner.scan(line)
      try takeRecord(line)
    } catch let fault as JSONFault {
      throw Failure(
        fault.reason == .unexpectedEnd ? .temporary : .badData, "line \(number): \(fault)",
        hint: "standard input takes token, state and user records")
    } catch let fault as RecordFault {
      throw Failure(.badData, "line \(number): \(fault)")
    }
  }

  private mutating func takeRecord(_ line: RawSpan) throws {
    switch kinds.kind(of: line, scanner) {
    case .token: inputs.token = try TokenRecord(line, scanner)
    case .user: inputs.people = try (inputs.people ?? []) + [UserRecord(line, scanner)]
    case .state:
      let state = try StateRecord(line, scanner)
      inputs.states[state.key.user, default: []].append(state)
    default: break
    }
  }

  mutating func takeOverlong(number: Int, into output: inout OutputBuffer) throws {
    throw Failure(.badData, "line \(number): \(RejectRecord.overlongReason)")
  }
}
