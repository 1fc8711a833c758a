import Console
import NDJSON
import Records

/// Turns the pages of one round into records: complete events, series, removals.
///
/// In a round of changes, occurrences come abbreviated; in the plain view, with a few members of their own that are
/// the master's by contract. They wait here until their master is known.
struct RoundWriter: Sendable {
  /// What a page led to.
  struct Result: Equatable {
    var nextLink: String?
    var deltaLink: String?
    /// Masters that nobody sent: to be fetched before the next page.
    var missingMasters: [String] = []
    var isRepeating = false
  }

  enum Fault: Error, Equatable {
    /// The page can't be read; nothing of it was written.
    case unreadable(String)
    /// A page of changes that has no link at all; nothing of it was written.
    case noEnd
    /// An element is no event; some before it may be written.
    case noId
  }

  let key: CalendarKey
  private(set) var counts = RoundRecord.Counts()
  private let isDelta: Bool
  private let rules: EventRules
  private let events: EventWriter
  private var masters = Masters()
  private var series: Set<String> = []
  private var waiting: [Waiting] = []
  private var repetition = RepetitionGuard()
  /// Events whose body was left out, since the line would have been too long.
  private(set) var overlong: [String] = []
  /// An event that is too long even so.
  private(set) var hopeless: String?
  /// Whether lines end inside the page: they must not get onto a record's line.
  private var hasLineEnds = false

  private struct Waiting: Sendable {
    let id: String
    let master: String
    let bytes: [UInt8]
  }

  init(_ key: CalendarKey, mail: String?, isDelta: Bool, _ rules: EventRules) {
    self.key = key
    self.isDelta = isDelta
    self.rules = rules
    events = EventWriter(key, mail: mail, rules)
  }

  /// Whether anything was written that a round starting anew must take back.
  var hasWritten: Bool { counts != RoundRecord.Counts() }

  /// Longer pages are checked before their records are made, so that these can go out at once.
  private static let longPageBytes = 1 << 20

  /// Writes a page's records.
  ///
  /// Of a page that can't be read nothing stays, unless it is a long one with an element that is no event.
  mutating func take(_ body: RawSpan, _ bench: inout Workbench) throws(Fault) -> Result {
    let isLong = body.byteCount > Self.longPageBytes
    if isLong { try check(body, &bench) }
    let before = (counts, masters, series, waiting)
    let length = bench.output.buffer.count
    do throws(Fault) {
      let links = try takeElements(body, canFlush: isLong, &bench)
      return Result(
        nextLink: links.next, deltaLink: links.delta, missingMasters: missingMasters(),
        isRepeating: repetition.pageRepeats() && links.next != nil)
    } catch {
      if isLong { throw error }
      (counts, masters, series, waiting) = before
      bench.output.buffer.truncate(to: length)
      repetition.forgetPage()
      throw error == .noId ? .unreadable("an element has no id") : error
    }
  }

  private func check(_ body: RawSpan, _ bench: inout Workbench) throws(Fault) {
    do throws(JSONFault) {
      try bench.pageScanner.scan(body)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  private mutating func takeElements(
    _ body: RawSpan, canFlush: Bool, _ bench: inout Workbench
  ) throws(Fault) -> (next: String?, delta: String?) {
    hasLineEnds = body.containsLineEnd()
    var page = ListScanner(list: GraphPage.value)
    while let element = try nextElement(body, &page, &bench) {
      guard let id = bench.itemScanner.value(bench.names.id), id.kind == .string else {
        throw .noId
      }
      repetition.note(body, id: id, etag: bench.itemScanner.value(bench.names.etag))
      if isDelta {
        takeChange(body, element, id, &bench)
      } else {
        takeRow(body, element, id, &bench)
      }
      if canFlush { bench.settle() }
    }
    guard let links = GraphPage.links(body, page) else {
      throw .unreadable("the answer holds no list")
    }
    guard !isDelta || links.next != nil || links.delta != nil else { throw .noEnd }
    return links
  }

  private func nextElement(
    _ body: RawSpan, _ page: inout ListScanner, _ bench: inout Workbench
  ) throws(Fault) -> Value? {
    do throws(JSONFault) {
      return try page.next(body, &bench.itemScanner)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// Takes a master that was fetched; nil when the service doesn't have it any more.
  mutating func take(master body: RawSpan?, id: String, _ bench: inout Workbench) throws {
    guard let body else {
      // The plain view has shown its occurrences whole: they are written as they came.
      guard isDelta else { return try writeWaiting(for: id, nil, &bench) }
      // The series is gone, and with it what waits for it.
      waiting.removeAll { $0.master == id }
      return writeRemoval(id, "deleted", &bench)
    }
    try bench.itemScanner.scan(body)
    guard bench.itemScanner.value(bench.names.id)?.stringText(body) == id else { throw Fault.noId }
    try keepMaster(body, id, &bench)
  }

  private func missingMasters() -> [String] {
    var known: Set<String> = []
    return waiting.map(\.master).filter { known.insert($0).inserted }
  }
}

// MARK: One element

extension RoundWriter {
  /// Takes the element that was just scanned.
  private mutating func takeChange(
    _ body: RawSpan, _ element: Value, _ idValue: Value, _ bench: inout Workbench
  ) {
    if let removed = bench.itemScanner.value(bench.names.removed), !removed.isNull {
      return takeRemoval(body, idValue.text(body), removed, &bench)
    }
    let type = bench.itemScanner.value(bench.names.type)
    if isMaster(type, body) {
      try? keepMaster(body, idValue.text(body), &bench)
    } else if let master = bench.itemScanner.value(bench.names.seriesMasterId)?.stringText(body) {
      takeOccurrence(
        body, element, id: idValue, master: master,
        isOccurrence: type?.equals("exception", body) != true, &bench)
    } else {
      write(body, master: nil, isOccurrence: false, &bench)
    }
  }

  /// Takes a row of the plain view.
  private mutating func takeRow(
    _ body: RawSpan, _ element: Value, _ id: Value, _ bench: inout Workbench
  ) {
    let type = bench.itemScanner.value(bench.names.type)
    if isMaster(type, body) { return }
    guard type?.equals("occurrence", body) == true,
      let masterId = bench.itemScanner.value(bench.names.seriesMasterId)?.stringText(body)
    else { return write(body, master: nil, isOccurrence: false, &bench) }
    guard let master = masters[masterId] else {
      return wait(body, element, id, for: masterId)
    }
    write(body, master: master, isOccurrence: true, &bench)
  }

  private mutating func wait(
    _ body: RawSpan, _ element: Value, _ id: Value, for master: String
  ) {
    let bytes = Array(copying: body, element.range)
    waiting.append(Waiting(id: id.text(body), master: master, bytes: bytes))
  }

  /// In any case: the service writes small letters first, its documents don't.
  private func isMaster(_ type: Value?, _ body: RawSpan) -> Bool {
    guard let type, type.kind == .string, type.range.count == 14 else { return false }
    return type.equals("seriesMaster", body) || type.text(body).lowercased() == "seriesmaster"
  }

  private mutating func takeRemoval(
    _ body: RawSpan, _ id: String, _ removed: Value, _ bench: inout Workbench
  ) {
    var reason = "deleted"
    if removed.kind == .object, (try? bench.itemScanner.scan(body, removed)) != nil {
      reason = bench.itemScanner.value(bench.names.reason)?.stringText(body) ?? reason
    }
    // What came earlier on this page and still waits is overtaken.
    waiting.removeAll { $0.id == id || $0.master == id }
    masters.remove(id)
    writeRemoval(id, reason, &bench)
  }

  private mutating func takeOccurrence(
    _ body: RawSpan, _ element: Value, id: Value, master masterId: String, isOccurrence: Bool,
    _ bench: inout Workbench
  ) {
    let isComplete = bench.itemScanner.index(of: bench.names.subject) != nil
    if isOccurrence { noteSeries(masterId, &bench) }
    if let master = masters[masterId] {
      write(body, master: master, isOccurrence: isOccurrence, &bench)
    } else if isComplete && !isOccurrence {
      write(body, master: nil, isOccurrence: false, &bench)
    } else {
      wait(body, element, id, for: masterId)
    }
  }

  /// Keeps the master that was just scanned, and writes the occurrences that waited for it.
  private mutating func keepMaster(
    _ body: RawSpan, _ id: String, _ bench: inout Workbench
  ) throws {
    let master = Master(
      body, bench.itemScanner, bench.names, rules, isWhole: isDelta)
    masters.insert(master, id)
    if isDelta { noteSeries(id, &bench) }
    try writeWaiting(for: id, master, &bench)
  }

  private mutating func writeWaiting(
    for id: String, _ master: Master?, _ bench: inout Workbench
  ) throws {
    let ready = waiting.filter { $0.master == id }
    guard !ready.isEmpty else { return }
    waiting.removeAll { $0.master == id }
    let pageHasLineEnds = hasLineEnds
    defer { hasLineEnds = pageHasLineEnds }
    for occurrence in ready {
      let bytes = unsafe occurrence.bytes.span.bytes
      try bench.itemScanner.scan(bytes)
      hasLineEnds = bytes.containsLineEnd()
      let type = bench.itemScanner.value(bench.names.type)
      write(
        bytes, master: master, isOccurrence: type?.equals("exception", bytes) != true, &bench)
    }
  }
}

// MARK: Records

extension RoundWriter {
  private mutating func write(
    _ bytes: RawSpan, master: Master?, isOccurrence: Bool, _ bench: inout Workbench
  ) {
    let start = bench.output.buffer.count
    let isWritten = events.write(
      bytes, bench.itemScanner, master: master, isOccurrence: isOccurrence,
      hasLineEnds: hasLineEnds, &bench.ownMembers, to: &bench.output.buffer)
    if bench.output.buffer.count - start > Self.longestLine {
      shorten(bytes, master: master, isOccurrence: isOccurrence, from: start, &bench)
    }
    if isWritten {
      counts.event += 1
    } else if isDelta, let id = bench.itemScanner.value(bench.names.id)?.stringText(bytes) {
      // It may have been public before, and be stored.
      writeRemoval(id, "changed", &bench)
    }
  }

  /// Readers of the stream take lines up to a limit, and filters add a few members.
  private static let longestLine = LineBuffer.lengthLimit - (64 << 10)

  /// Writes the event that was just written anew, without its body.
  private mutating func shorten(
    _ bytes: RawSpan, master: Master?, isOccurrence: Bool, from start: Int,
    _ bench: inout Workbench
  ) {
    bench.output.buffer.truncate(to: start)
    let id = bench.itemScanner.value(bench.names.id)?.stringText(bytes) ?? ""
    _ = events.write(
      bytes, bench.itemScanner, master: master, isOccurrence: isOccurrence,
      hasLineEnds: hasLineEnds, withoutBody: true, &bench.ownMembers, to: &bench.output.buffer)
    overlong.append(id)
    if bench.output.buffer.count - start > Self.longestLine { hopeless = hopeless ?? id }
  }

  private mutating func noteSeries(_ id: String, _ bench: inout Workbench) {
    guard series.insert(id).inserted else { return }
    SeriesRecord(key: key, id: id).write(to: &bench.output.buffer)
    counts.series += 1
  }

  private mutating func writeRemoval(_ id: String, _ reason: String, _ bench: inout Workbench) {
    RemovedRecord(key: key, id: id, reason: reason).write(to: &bench.output.buffer)
    counts.removed += 1
  }
}
