import CivilTime
import Console
import NDJSON
import Records

/// The filter: gives events their exact times, remembers people's zones, lets everything else through.
struct EventLocalizer: LineHandler {
  private var scanner = ObjectScanner()
  private var moments = EventMomentReader()
  private var kinds = RecordKindReader()
  private let users = UserZoneReader()
  private var user: RememberedName = "user"
  /// The members that are ours: what an earlier run wrote goes.
  private let added: [MemberName] = [
    "startUtc", "endUtc", "startLocal", "endLocal", "zone", "zoneSource", "minutes", "zoneNote",
  ]
  private var omitted: [Int] = []
  /// Whether `omitted` was found in the line before this one.
  private var omittedIsFresh = false
  private var mailboxes = Mailboxes()
  private var zones: ZoneResolver
  private var badLines: BadLines

  init(_ shelf: ZoneShelf, _ choice: LocalChoice, _ policy: UnknownZonePolicy, _ log: Log) {
    zones = ZoneResolver(shelf, choice, policy)
    badLines = BadLines(log)
  }

  mutating func take(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    let start = output.count
    do {
      try localize(line, into: &output)
    } catch let fault as JSONFault {
      undo(&output, to: start)
      badLines.reject(line, number, "\(fault)", into: &output)
    } catch let fault as RecordFault {
      undo(&output, to: start)
      badLines.reject(line, number, "\(fault)", into: &output)
    }
  }

  private mutating func undo(_ output: inout OutputBuffer, to start: Int) {
    output.truncate(to: start)
    omittedIsFresh = false
  }

  mutating func takeUnended(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do {
      try scanner.scan(line)
    } catch {
      return badLines.noteCut(number)
    }
    try take(line, number: number, into: &output)
  }

  mutating func takeOverlong(number: Int, into output: inout OutputBuffer) throws {
    badLines.rejectOverlong(number, into: &output)
  }

  /// Says what was not as it should be, and fails when lines could not be used.
  func conclude() throws {
    zones.report(badLines.log)
    try badLines.conclude()
  }

  @inline(__always)
  private mutating func localize(_ line: RawSpan, into output: inout OutputBuffer) throws {
    try scanner.scan(line)
    switch kinds.kind(of: line, scanner) {
    case .event: return try localizeEvent(line, into: &output)
    case .user:
      let (id, mailbox) = try users.read(line, scanner, &zones.shelf, &zones.unknown)
      mailboxes[id] = mailbox
    default: break
    }
    omittedIsFresh = false
    output.append(line)
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func localizeEvent(_ line: RawSpan, into output: inout OutputBuffer) throws {
    let moments = try moments.read(line, scanner)
    let mailbox = try mailbox(line)
    let (times, local) = try zones.times(moments, mailbox, line)
    if !omittedIsFresh || !scanner.repeatsNames { findOwnMembers() }
    _ = output.append(openObject: line, scanner, omitting: omitted)
    try zones.append(times, local, to: &output)
    // White space may stand behind the brace, as the carriage return of a foreign line end.
    output.append(line, scanner.closingBrace + 1..<line.byteCount)
    output.append(UInt8(ascii: "\n"))
  }

  /// Finds what an earlier run has added; events with the same names have it at the same places.
  private mutating func findOwnMembers() {
    omitted.removeAll(keepingCapacity: true)
    for name in added {
      if let position = scanner.index(of: name) { omitted.append(position) }
    }
    omitted.sort()
    omittedIsFresh = true
  }

  private mutating func mailbox(_ line: RawSpan) throws -> Mailbox {
    guard let value = scanner.value(&user), !value.isNull else { return .unknown }
    guard value.kind == .string else { throw RecordFault("\"user\" is not a text") }
    return mailboxes.mailbox(of: value, line)
  }
}
