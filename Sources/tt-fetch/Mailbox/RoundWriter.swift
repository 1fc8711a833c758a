import Console
import NDJSON
import Records

/// Turns the pages of one round into records: complete events, series, removals.
///
/// In a round of changes, occurrences come abbreviated, and other rows may; in the plain view, occurrences come with a
/// few members of their own that are the master's by contract. They wait here until the rest is known.
struct RoundWriter: Sendable {
  /// What a page led to.
  struct Result: Equatable {
    var nextLink: String?
    var deltaLink: String?
    /// Masters that nobody sent, and events that came in part: to be fetched before the next page.
    var missing: [String] = []
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
  var counts = RoundRecord.Counts()
  let isDelta: Bool
  let rules: EventRules
  let events: EventWriter
  var masters = Masters()
  var series: Set<String> = []
  var waiting = WaitingRows()
  /// What is waited for though the service doesn't have it; a later page may bring it.
  var gone: Set<String> = []
  /// Whether a series was told in two ways: what was written of it may be of different times.
  var isTorn = false
  private var repetition = RepetitionGuard()
  /// Events whose body was left out, since the line would have been too long.
  var overlong: [String] = []
  /// An event that is too long even so.
  var hopeless: String?
  /// Whether lines end inside the page: they must not get onto a record's line.
  var hasLineEnds = false

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
    let before = (counts, masters, series, waiting, gone, isTorn)
    let length = bench.output.buffer.count
    do throws(Fault) {
      let links = try takeElements(body, canFlush: isLong, &bench)
      return Result(
        nextLink: links.next, deltaLink: links.delta, missing: waiting.missing(except: gone),
        isRepeating: repetition.pageRepeats() && links.next != nil)
    } catch {
      if isLong { throw error }
      (counts, masters, series, waiting, gone, isTorn) = before
      bench.output.buffer.truncate(to: length)
      repetition.forgetPage()
      throw error == .noId ? .unreadable("an element has no id") : error
    }
  }

  private func check(_ body: RawSpan, _ bench: inout Workbench) throws(Fault) {
    let page: GraphPage?
    do throws(JSONFault) {
      page = try GraphPage(body, &bench.pageScanner)
    } catch {
      throw .unreadable("\(error)")
    }
    try check(page.map { ($0.nextLink, $0.deltaLink) })
  }

  @discardableResult
  private func check(
    _ links: (next: String?, delta: String?)?
  ) throws(Fault) -> (next: String?, delta: String?) {
    guard let links else { throw .unreadable("the answer holds no list") }
    guard !isDelta || links.next != nil || links.delta != nil else { throw .noEnd }
    return links
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
    return try check(GraphPage.links(body, page))
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

  /// Takes what was fetched, a master or an event that had come in part; nil when the service doesn't have it any more.
  mutating func take(missing body: RawSpan?, id: String, _ bench: inout Workbench) throws {
    guard let body else {
      // The plain view has shown its occurrences whole: they are written as they came.
      guard isDelta else { return try writeWaiting(for: id, nil, &bench) }
      gone.insert(id)
      return
    }
    try bench.itemScanner.scan(body)
    guard bench.itemScanner.value(bench.names.id)?.stringText(body) == id else { throw Fault.noId }
    guard waiting.remove(id) else { return try keepMaster(body, id, &bench) }
    hasLineEnds = body.containsLineEnd()
    write(body, master: nil, isOccurrence: false, &bench)
  }

  /// Says what is gone in the end, and with it what waited for it.
  mutating func finish(_ bench: inout Workbench) {
    for id in waiting.missing() {
      waiting.removeAll(waitingFor: id)
      writeRemoval(id, "deleted", &bench)
    }
  }
}
