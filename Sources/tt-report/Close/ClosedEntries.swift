internal import Console
internal import Crypto
internal import NDJSON
internal import Records

/// Reads what `ClosedFile` wrote, entry by entry; a file that was changed since is refused.
struct ClosedEntries {
  let period: ClosedPeriod
  private let path: String
  private let text: String
  /// Where the line behind `next` begins, and where the digest does.
  private var offset = 0
  private var end = 0
  private var scanner = ObjectScanner()
  private var inner = ObjectScanner()
  private var next: ClosedEntry?

  init(path: String) throws {
    let text = try TextFile(path: path).text
    self.path = path
    self.text = text
    end = try Self.endOfLines(text, path)
    let bytes = unsafe text.utf8Span.span.bytes
    guard let first = Self.line(bytes, from: 0, to: end) else {
      throw Self.broken(path, "it has no digest")
    }
    period = try ClosedPeriod(head: Array(text.utf8.prefix(first.upperBound)), path: path)
    offset = first.upperBound + 1
    try step()
  }

  /// The entries of people who come before a name in the order of names; of all the rest when there is no name.
  mutating func entries(before name: String?) throws -> [ClosedEntry] {
    try entries { entry in name.map { precedes(entry.user, $0) } ?? true }
  }

  mutating func entries(of name: String) throws -> [ClosedEntry] {
    try entries { $0.user == name }
  }

  private mutating func entries(while isWanted: (ClosedEntry) -> Bool) throws -> [ClosedEntry] {
    var entries: [ClosedEntry] = []
    while let entry = next, isWanted(entry) {
      entries.append(entry)
      try step()
    }
    return entries
  }

  private mutating func step() throws {
    let text = text
    let bytes = unsafe text.utf8Span.span.bytes
    guard let range = Self.line(bytes, from: offset, to: end) else { return next = nil }
    offset = range.upperBound + 1
    guard let entry = try? entry(bytes.extracting(range)) else {
      throw Self.broken(path, "a line of it is no entry")
    }
    if let next, precedes(entry.user, next.user) {
      throw Self.broken(path, "its entries are not in order of people")
    }
    next = entry
  }

  private mutating func entry(_ line: RawSpan) throws -> ClosedEntry {
    try scanner.scan(line)
    var parts: [ClosedEntry.Part] = []
    try scanner.value("parts")?.forEachElement(line) { part in
      try inner.scan(line, part)
      guard let seconds = try inner.integer("seconds", line) else {
        throw RecordFault("\"seconds\" is missing")
      }
      parts.append(
        ClosedEntry.Part(
          day: try inner.requiredText("day", line),
          project: try inner.requiredText("project", line),
          activity: try inner.requiredText("activity", line),
          billable: try inner.text("billable", line), rate: try inner.text("rate", line),
          seconds: seconds,
          roundedSeconds: try inner.integer("roundedSeconds", line)))
    }
    return ClosedEntry(
      user: try scanner.requiredText("user", line), id: try scanner.requiredText("id", line),
      start: try scanner.requiredText("start", line), end: try scanner.requiredText("end", line),
      subject: try scanner.requiredText("subject", line), parts: parts)
  }
}

extension ClosedEntries {
  fileprivate static func broken(_ path: String, _ reason: String) -> Failure {
    Failure(
      .badData, "\(path) is no whole file of tt-report close: \(reason)",
      hint: "take the file from where it is kept safe; nothing was compared")
  }

  /// The line that begins at an offset, its end left out.
  fileprivate static func line(_ bytes: RawSpan, from start: Int, to end: Int) -> Range<Int>? {
    guard start < end else { return nil }
    var place = start
    while bytes.byte(at: place) != UInt8(ascii: "\n") { place += 1 }
    return start..<place
  }

  /// Where the lines end of which the last one is the digest.
  fileprivate static func endOfLines(_ text: String, _ path: String) throws -> Int {
    let length = digestStart.utf8.count + 64 + 3
    let end = text.utf8.count - length
    guard end > 0 else { throw broken(path, "it has no digest") }
    var digest = SHA256()
    unsafe text.utf8Span.span.bytes.extracting(0..<end).withUnsafeBytes {
      unsafe digest.update(bufferPointer: $0)
    }
    let last = digestStart + digest.finalize().hexadecimal + "\"}\n"
    guard text.hasSuffix("\n" + last) else { throw broken(path, "its digest doesn't match") }
    return end
  }

  private static var digestStart: String { ClosedFile.digestStart }
}

extension ClosedPeriod {
  fileprivate init(head: [UInt8], path: String) throws {
    let tree = try? JSONTree(head)
    guard tree?["record"]?.string == "closed", let from = tree?["from"]?.string,
      let to = tree?["to"]?.string
    else { throw ClosedEntries.broken(path, "its first line is none of a closed period") }
    guard let version = tree?["version"]?.integer, Self.versions.contains(version) else {
      throw ClosedEntries.broken(path, "its version is not known here")
    }
    self.init(
      version: version, from: from, to: to,
      options: tree?["options"]?.array.compactMap(\.string) ?? [],
      rules: tree?["rules"]?.string)
  }
}
