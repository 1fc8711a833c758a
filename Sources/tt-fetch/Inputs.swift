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
    guard !reader.isCut else {
      throw Failure(
        .temporary, "standard input has no end: what wrote it was cut off", hint: "run it again")
    }
    return reader.inputs
  }
}

/// Picks out the records that tt-fetch can use; others pass by.
struct InputReader: LineHandler {
  private(set) var inputs = Inputs()
  private var scanner = ObjectScanner()
  private var kinds = RecordKindReader()
  /// Whether a stream began that hasn't ended.
  private(set) var isCut = false

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
    case .token:
      let token = try TokenRecord(line, scanner)
      guard token.accessToken.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw RecordFault("\"accessToken\" holds what no token holds")
      }
      inputs.token = token
    case .stream:
      let version = try StreamRecord(line, scanner).version
      guard version == StreamRecord.currentVersion else {
        throw RecordFault("the stream's version is \(version), not \(StreamRecord.currentVersion)")
      }
      isCut = true
      // Somebody chose among people: whoever is left is read, and be it nobody.
      inputs.people = inputs.people ?? []
    case .end: isCut = false
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
