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
  /// Lines that end inside it must not get onto the record's line. A line may be too long for its readers unless the
  /// body is left out.
  func write(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, master: Master?, isOccurrence: Bool,
    hasLineEnds: Bool, withoutBody: Bool = false, _ known: inout OwnMembersMemo,
    to output: inout OutputBuffer
  ) -> Bool {
    let isPrivate = isPrivate(bytes, scanner, master)
    if isPrivate, rules.privacy == .drop { return false }
    let masks = isPrivate && rules.privacy == .mask
    let masked = masks ? names.masked : withoutBody ? [names.body] : []
    output.append(head)
    let inherits = isOccurrence && master != nil
    let kind = (inherits ? 3 : 0) + (masks ? 2 : withoutBody ? 1 : 0)
    if known.shapes[kind] != scanner.shape {
      known.shapes[kind] = scanner.shape
      known.parts[kind] = ownMembers(scanner, masked, inherits)
    }
    for part in known.parts[kind] {
      switch part {
      case .copied(let members): copy(bytes, scanner, members, hasLineEnds, to: &output)
      case .masked(let index): writeNull(bytes, scanner[index], to: &output)
      }
    }
    if let master {
      writeInherited(master, scanner, masked, all: isOccurrence, to: &output)
    }
    output.append("}\n")
    return true
  }

  /// An occurrence is as private as its series unless it says otherwise.
  private func isPrivate(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ master: Master?
  ) -> Bool {
    guard let own = scanner.value(names.sensitivity) else { return master?.isPrivate ?? false }
    return names.isPrivate(own, bytes)
  }

  /// What becomes of the members of an object with these names.
  private func ownMembers(
    _ scanner: borrowing ObjectScanner, _ maskedNames: [MemberName], _ inherits: Bool
  ) -> [OwnMembersMemo.Part] {
    var omitted: Set<Int> = []
    if rules.body == .none, let body = scanner.index(of: names.body) { omitted.insert(body) }
    for name in names.ours + (inherits ? names.alwaysInherited : []) {
      if let index = scanner.index(of: name) { omitted.insert(index) }
    }
    let masked = Set(maskedNames.compactMap { scanner.index(of: $0) })
    var result: [OwnMembersMemo.Part] = []
    var next = 0
    for stop in omitted.union(masked).sorted() {
      if stop > next { result.append(.copied(next..<stop)) }
      if !omitted.contains(stop) { result.append(.masked(stop)) }
      next = stop + 1
    }
    if next < scanner.count { result.append(.copied(next..<scanner.count)) }
    return result
  }

  /// Neighbours go out as one run of bytes, the commas between them included.
  private func copy(
    _ bytes: RawSpan, _ scanner: borrowing ObjectScanner, _ members: Range<Int>,
    _ hasLineEnds: Bool, to output: inout OutputBuffer
  ) {
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
    _ master: Master, _ scanner: borrowing ObjectScanner, _ masked: [MemberName], all: Bool,
    to output: inout OutputBuffer
  ) {
    for part in master.parts {
      let isForced = all && names.alwaysInherited.contains(part.name)
      guard isForced || scanner.index(of: part.name) == nil else { continue }
      output.append(",")
      if masked.contains(part.name) {
        output.append(jsonString: part.name.text)
        output.append(":null")
      } else {
        let source = unsafe master.bytes.span.bytes
        output.append(source, part.range)
      }
    }
  }
}

/// What becomes of an event's own members; the same for all events with the same names, so it is worked out once.
struct OwnMembersMemo: Sendable {
  enum Part: Equatable, Sendable {
    /// Neighbours that go out as they are.
    case copied(Range<Int>)
    case masked(Int)
  }

  /// By what is masked, and whether a master gives some: the scanner's number for the names, and the parts.
  fileprivate var shapes = [Int](repeating: -1, count: 6)
  fileprivate var parts = [[Part]](repeating: [], count: 6)
}
