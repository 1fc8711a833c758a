import HTTP
import NDJSON
import Records

/// Writes `event` records: the service's own bytes with a head in front, nothing decoded.
struct EventWriter: Sendable {
  /// The beginning of every record: kind, user, mail, calendar.
  private let head: [UInt8]
  private let rules: EventRules
  private let names = EventNames()

  init(_ key: CalendarKey, mail: String?, _ rules: EventRules) {
    var head = OutputBuffer(capacity: 256)
    head.append("{\"record\":\"event\"")
    head.append(member: "user", key.user)
    head.append(member: "mail", mail)
    head.append(member: "calendar", key.calendar)
    self.head = head.withBytes { Array(copying: $0) }
    self.rules = rules
  }

  /// Writes the event that was scanned; false when it is private and such events are dropped.
  ///
  /// Lines that end inside it must not get onto the record's line.
  func write(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, master: Master?, isOccurrence: Bool,
    hasLineEnds: Bool, to output: inout OutputBuffer
  ) -> Bool {
    let isPrivate = isPrivate(bytes, scanner, master)
    if isPrivate, rules.privacy == .drop { return false }
    let masks = isPrivate && rules.privacy == .mask
    output.append(head)
    writeOwn(
      bytes, scanner, masks, inherits: isOccurrence && master != nil, hasLineEnds, to: &output)
    if master == nil, let link = masterLink(bytes, scanner) {
      output.append(member: "webLink", link)
    }
    if let master {
      writeInherited(master, scanner, masks, all: isOccurrence, to: &output)
    }
    output.append("}\n")
    return true
  }

  /// The master's link for an occurrence of the plain view, whose own link differs by its id; nil for anything else.
  ///
  /// So an occurrence has the same link however it was read.
  private func masterLink(_ bytes: RawSpan, _ scanner: borrowing ObjectScanner) -> String? {
    guard let type = scanner.value(names.type), type.equals("occurrence", bytes),
      let link = scanner.value(names.webLink)?.stringText(bytes),
      let id = scanner.value(names.id)?.stringText(bytes),
      let master = scanner.value(names.seriesMasterId)?.stringText(bytes),
      let place = link.firstRange(of: percentEncoded(id))
    else { return nil }
    return link[..<place.lowerBound] + percentEncoded(master) + link[place.upperBound...]
  }

  /// An occurrence is as private as its series unless it says otherwise.
  private func isPrivate(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ master: Master?
  ) -> Bool {
    guard let own = scanner.value(names.sensitivity) else { return master?.isPrivate ?? false }
    return names.isPrivate(own, bytes)
  }

  private func writeOwn(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ masks: Bool, inherits: Bool,
    _ hasLineEnds: Bool, to output: inout OutputBuffer
  ) {
    let omitted = omittedMembers(bytes, scanner, inherits)
    let masked = masks ? names.masked.compactMap { scanner.index(of: $0) } : []
    var next = 0
    for stop in (omitted + masked).sorted() where stop >= next {
      copy(bytes, scanner, next..<stop, hasLineEnds, to: &output)
      if !omitted.contains(stop) { writeNull(bytes, scanner[stop], to: &output) }
      next = stop + 1
    }
    copy(bytes, scanner, next..<scanner.count, hasLineEnds, to: &output)
  }

  private func omittedMembers(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ inherits: Bool
  ) -> [Int] {
    var result: [Int] = []
    if !inherits, masterLink(bytes, scanner) != nil, let link = scanner.index(of: names.webLink) {
      result.append(link)
    }
    if rules.body == .none, let body = scanner.index(of: names.body) { result.append(body) }
    for name in names.ours {
      if let index = scanner.index(of: name) { result.append(index) }
    }
    guard inherits else { return result }
    for name in names.alwaysInherited {
      if let index = scanner.index(of: name) { result.append(index) }
    }
    return result
  }

  /// Neighbours go out as one run of bytes, the commas between them included.
  private func copy(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ members: Range<Int>,
    _ hasLineEnds: Bool, to output: inout OutputBuffer
  ) {
    guard !members.isEmpty else { return }
    let start = scanner[members.lowerBound].keyStart
    let end = scanner[members.upperBound - 1].value.end
    output.append(",")
    if hasLineEnds {
      output.append(compact: bytes, Value(.object, start, end))
    } else {
      output.append(bytes, start..<end)
    }
  }

  private func writeNull(_ bytes: RawSpan, _ member: Member, to output: inout OutputBuffer) {
    output.append(",")
    output.append(jsonString: member.name(bytes))
    output.append(":null")
  }

  private func writeInherited(
    _ master: Master, _ scanner: borrowing ObjectScanner, _ masks: Bool, all: Bool,
    to output: inout OutputBuffer
  ) {
    for part in master.parts {
      let isForced = all && names.alwaysInherited.contains(part.name)
      guard isForced || scanner.index(of: part.name) == nil else { continue }
      output.append(",")
      if masks, part.isMasked {
        output.append(jsonString: part.name.text)
        output.append(":null")
      } else {
        let source = unsafe master.bytes.span.bytes
        output.append(source, part.range)
      }
    }
  }
}
