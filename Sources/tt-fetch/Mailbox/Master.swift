import NDJSON

/// A series' master, kept for what its occurrences leave out.
///
/// It is never a meeting itself.
struct Master: Sendable {
  struct Part: Sendable {
    let name: MemberName
    /// Name and value in `bytes`.
    let range: Range<Int>
  }

  let bytes: [UInt8]
  let parts: [Part]
  let isPrivate: Bool

  /// Copies what occurrences can inherit, or only what they always do.
  init(
    _ source: RawSpan, _ scanner: borrowing ObjectScanner, _ names: EventNames,
    _ rules: EventRules, isWhole: Bool
  ) {
    isPrivate = names.isPrivate(scanner.value(names.sensitivity), source)
    var copy = OutputBuffer(capacity: 2048)
    var parts: [Part] = []
    for member in scanner.members {
      let name = MemberName(member.name(source))
      if names.notInherited.contains(name) || (name == names.body && rules.body == .none) {
        continue
      }
      guard isWhole || names.alwaysInherited.contains(name) else { continue }
      let start = copy.count
      // A string may be too long to be told from white space cheaply; compacting leaves strings alone.
      copy.append(compact: source, Value(.object, member.keyStart, member.value.end))
      parts.append(Part(name: name, range: start..<copy.count))
    }
    bytes = copy.withBytes { Array(copying: $0) }
    self.parts = parts
  }

  /// Whether the other one tells of another time: a member that both have differs.
  ///
  /// Which members there are, and annotations, depend on the way that was asked.
  func contradicts(_ other: Master) -> Bool {
    guard bytes != other.bytes else { return false }
    return parts.contains { part in
      guard !part.name.text.contains("@"),
        let theirs = other.parts.first(where: { $0.name == part.name })
      else { return false }
      return bytes[part.range] != other.bytes[theirs.range]
    }
  }
}

extension [UInt8] {
  init(copying bytes: RawSpan) {
    self = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
  }
}

/// The masters that a round has met, as many as fit; the others are fetched again when they are needed.
struct Masters: Sendable {
  private static let limitBytes = 1 << 18

  private var byId: [String: Master] = [:]
  private var order: [String] = []
  private var totalBytes = 0

  subscript(_ id: String) -> Master? { byId[id] }

  mutating func insert(_ master: Master, _ id: String) {
    remove(id)
    byId[id] = master
    order.append(id)
    totalBytes += master.bytes.count
    while totalBytes > Self.limitBytes, order.count > 1 { remove(order[0]) }
  }

  mutating func remove(_ id: String) {
    guard let old = byId.removeValue(forKey: id) else { return }
    totalBytes -= old.bytes.count
    order.removeAll { $0 == id }
  }
}
