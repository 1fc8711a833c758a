import Console
import NDJSON
import Records
import Schema

/// Reads the stream and hands each finished round to the loader.
final class StreamLoader: LineHandler {
  let loader: Loader
  let options: Options
  private let log: Log
  private var scanner = ObjectScanner()
  private var kinds = RecordKindReader()
  private var events = EventReader()
  private var row = OutputBuffer(capacity: 1 << 12)
  var waiting: WaitingRounds
  var rejects: RejectFile?
  var ending = StreamEnding()
  var plan = PlanTally()
  /// Nothing but events came so far: there is no round to wait for.
  private var isBareOnly = true
  private static let bareBatch = 20_000
  /// Which calendar each waiting event was last said to be of, while nothing but events came.
  var bareCalendars: [Hash128: CalendarKey] = [:]
  private var lastChecked: CalendarKey?
  var progress: Progress
  /// Gets a `token` record that may be for the database.
  private let useToken: (TokenRecord) throws -> Void

  struct Options {
    var isPlan = false
    var showsProgress = false
    var filtered = false
    var rejectsPath: String?
    var temporaryFolder = "/tmp"
  }

  init(
    _ loader: Loader, _ options: Options, _ log: Log,
    useToken: @escaping (TokenRecord) throws -> Void
  ) throws {
    self.loader = loader
    self.options = options
    self.log = log
    self.useToken = useToken
    progress = Progress(isShown: options.showsProgress)
    waiting = WaitingRounds(temporaryFolder: options.temporaryFolder)
    if let path = options.rejectsPath { rejects = try RejectFile(path: path) }
  }

  func take(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do {
      try scanner.scan(line)
      try use(line)
    } catch let fault as JSONFault {
      try reject(line, number, "\(fault)")
    } catch let fault as RecordFault {
      try reject(line, number, "\(fault)")
    }
  }

  func takeUnended(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do throws(JSONFault) {
      try scanner.scan(line)
    } catch {
      ending.cutLine = number
      return
    }
    try take(line, number: number, into: &output)
  }

  /// Bare events of a slow source don't wait for its end; rounds do, since only their end says what they mean.
  func idle(into output: inout OutputBuffer) throws {
    progress.tick(ending.events, loader.audit)
    if isBareOnly { try loadRest() } else { try loader.check() }
  }

  func takeOverlong(number: Int, into output: inout OutputBuffer) throws {
    guard rejects != nil else { throw badLine(number, RejectRecord.overlongReason) }
    try rejects?.writeOverlong(number)
    noteRejected()
  }
}

// MARK: - Records

extension StreamLoader {
  private func use(_ line: RawSpan) throws {
    switch kinds.kind(of: line, scanner) {
    case .event: return try takeEvent(line)
    default:
      isBareOnly = false
      bareCalendars = [:]
    }
    switch kinds.kind(of: line, scanner) {
    case .removed:
      let record = try RemovedRecord(line, scanner)
      try check(record.key)
      waiting.round(record.key).append(removed: record.id)
    case .series:
      let record = try SeriesRecord(line, scanner)
      try check(record.key)
      waiting.round(record.key).append(series: record.id)
    case .round: try takeRound(try RoundRecord(line, scanner))
    case .user:
      let record = try UserRecord(line, scanner)
      try Session.check(record)
      waiting.note(record)
    case .category: try takeCategory(try CategoryRecord(line, scanner))
    case .error: takeError(try ErrorRecord(line, scanner))
    case .restart: waiting.discard(try CalendarKey(line, scanner))
    case .stream: try takeStream(try StreamRecord(line, scanner))
    case .end: try takeEnd()
    case .token: try useToken(try TokenRecord(line, scanner))
    case .reject: try takeReject(line)
    case .event, .state, .plan: break
    case nil: ending.strangers += 1
    }
  }

  private func takeEvent(_ line: RawSpan) throws {
    row.removeAll()
    let summary = try events.read(line, scanner, into: &row)
    ending.events += 1
    // Of bare events with the same id the last one counts, whatever calendars they are of.
    if isBareOnly, let before = bareCalendars.updateValue(summary.key, forKey: summary.id),
      before.user != summary.key.user
    {
      loader.noteTaken()
    }
    if lastChecked != summary.key {
      try check(summary.key)
      lastChecked = summary.key
    }
    let round = waiting.round(summary.key)
    row.withBytes { round.append(event: $0, summary) }
    try waiting.noteGrowth(round, by: row.count)
    if ending.events & 0x3FF == 0 { progress.tick(ending.events, loader.audit) }
    if isBareOnly, ending.events % Self.bareBatch == 0 { try loadRest() }
  }

  /// A line that a program before this one could not use: it stays replayable.
  private func takeReject(_ line: RawSpan) throws {
    waiting.noteRejected()
    guard rejects != nil else { return ending.rejectedBefore += 1 }
    try rejects?.pass(line)
    loader.noteRejected()
  }

  private func takeCategory(_ record: CategoryRecord) throws {
    guard CategoryName.fits(record.name) else {
      throw RecordFault("\"name\" is longer than the \(Limit.categoryName) characters it may have")
    }
    waiting.note(record)
  }

  private func takeStream(_ record: StreamRecord) throws {
    guard record.version == StreamRecord.currentVersion else {
      throw Failure(
        .badData,
        "the stream is of version \(record.version), and this program knows version"
          + " \(StreamRecord.currentVersion)",
        hint: "use programs of the same release in one pipe")
    }
    if ending.isOpen { waiting.discardAll() }
    ending.begin()
    loader.note(streamRun: record.run)
  }

  private func takeError(_ record: ErrorRecord) {
    loader.noteError()
    guard let user = record.user else { return }
    if let calendar = record.calendar {
      waiting.discard(CalendarKey(user: user, calendar: calendar))
    } else {
      waiting.discard(user: user)
    }
    switch record.class {
    case .noMailbox: waiting.note(status: .noMailbox, of: user)
    case .denied: waiting.note(status: .denied, of: user)
    case .config, .auth, .throttled, .transient, .data: break
    }
  }

  func check(_ key: CalendarKey) throws(RecordFault) {
    guard key.user.utf16.count <= Limit.userID, key.calendar.utf16.count <= Limit.identifier else {
      throw RecordFault("\"user\" or \"calendar\" is longer than it may be")
    }
    // SQL Server takes such ids for those without the space.
    guard key.user.utf8.last != UInt8(ascii: " "), key.calendar.utf8.last != UInt8(ascii: " ")
    else { throw RecordFault("\"user\" or \"calendar\" ends with a space") }
  }
}
