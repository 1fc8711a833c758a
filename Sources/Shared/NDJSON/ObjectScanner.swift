/// Checks one JSON object strictly (RFC 8259, UTF-8) and keeps where its members stand.
///
/// Nothing is decoded or copied: a caller reads the few members it wants, and splices the rest as bytes.
/// One scanner serves a whole stream; each scan replaces what the last one found, in copies too: they share it.
package struct ObjectScanner {
  /// Objects and arrays may be nested this deep.
  package static let depthLimit = 512

  /// The place of the object's closing brace.
  package private(set) var closingBrace = 0
  private let store = MemberStore()

  package init() {}

  /// The members of the last object, in the order they stand.
  package var members: [Member] { (0..<store.count).map { store[$0] } }

  /// Scans `bytes`, which must hold one object and nothing else but white space.
  package mutating func scan(_ bytes: RawSpan) throws(JSONFault) {
    var cursor = JSONCursor(at: 0)
    try cursor.skipWhiteSpace(bytes)
    guard cursor.peek(bytes) == UInt8(ascii: "{") else {
      throw JSONFault(cursor.isAtEnd(bytes) ? .unexpectedEnd : .notAnObject, at: cursor.offset)
    }
    cursor = JSONCursor(at: try scanMembers(bytes, from: cursor))
    try cursor.skipWhiteSpace(bytes)
    guard cursor.isAtEnd(bytes) else { throw JSONFault(.trailingBytes, at: cursor.offset) }
  }

  /// Scans the object that `value` marks inside `bytes`; offsets still count from the start of `bytes`.
  package mutating func scan(_ bytes: RawSpan, _ value: Value) throws(JSONFault) {
    guard value.kind == .object else { throw JSONFault(.notAnObject, at: value.start) }
    _ = try scanMembers(bytes, from: JSONCursor(at: value.start))
  }

  /// The member's value, or nil when the object hasn't got it.
  @inline(__always)
  package func value(_ name: MemberName) -> Value? {
    guard let index = store.find(name) else { return nil }
    return store[index].value
  }

  /// The same for a member that stands at the same position in most objects.
  @inline(__always)
  package func value(_ name: inout RememberedName) -> Value? {
    store.value(of: name.name, at: name.position) ?? lookUp(&name)
  }

  @inline(never)
  private func lookUp(_ name: inout RememberedName) -> Value? {
    guard let index = store.find(name.name) else { return nil }
    name.position = index
    return store[index].value
  }

  /// The position of a member in `members`.
  package func index(of name: MemberName) -> Int? {
    store.find(name)
  }

  /// Whether the object has the same names in the same order as the one that was scanned before it: then they
  /// are at the same positions.
  package var repeatsNames: Bool { store.isRepetition }

  /// A number that stays as long as objects have the same names in the same order: what was found out about their
  /// positions then holds.
  package var shape: Int { store.shape }

  /// How many members the object has.
  package var count: Int { store.count }

  /// The member at a position, in the order they stand.
  package subscript(_ index: Int) -> Member { store[index] }

  /// Scans the object at whose brace `opening` stands; returns where it ends.
  private mutating func scanMembers(
    _ bytes: RawSpan, from opening: JSONCursor
  ) throws(JSONFault) -> Int {
    store.begin()
    var cursor = opening
    try store.follow(bytes, &cursor)
    var hasMore = try store.count == 0 ? cursor.entersObject(bytes) : cursor.reachesMember(bytes)
    while hasMore {
      cursor = JSONCursor(at: try scanOtherMember(bytes, from: cursor))
      hasMore = try cursor.reachesMember(bytes)
    }
    return close(cursor.offset &- 1)
  }

  private mutating func close(_ brace: Int) -> Int {
    store.end()
    closingBrace = brace
    return brace &+ 1
  }

  /// A member whose name isn't the one that stood here in the last object; returns where it ends.
  @inline(never)
  private func scanOtherMember(_ bytes: RawSpan, from start: JSONCursor) throws(JSONFault) -> Int {
    var cursor = start
    let key = try cursor.string(bytes)
    let tag = keyTag(bytes, key)
    try cursor.expect(UInt8(ascii: ":"), bytes)
    let value = try cursor.value(bytes, depth: 1)
    let twin = store.append(
      Member(key: tag, keyStart: key.start, value: value), KeyToken(bytes, key.start, key.end))
    if let twin { try refuseDuplicate(of: twin, key, bytes) }
    return value.end
  }

  @inline(__always)
  private func keyTag(_ bytes: RawSpan, _ key: Value) -> KeyTag {
    guard key.hasEscapes else { return KeyTag(bytes, key.start &+ 1, key.end &- 1) }
    let name = key.unescaped(bytes)
    return unsafe KeyTag(name.span.bytes, 0, name.count)
  }

  /// Tags of up to 24 bytes are exact, so that equal tags are equal names; a longer name is compared.
  private func refuseDuplicate(
    of earlier: Int, _ key: Value, _ bytes: RawSpan
  ) throws(JSONFault) {
    let name = key.text(bytes)
    guard store[earlier].name(bytes) == name else { return }
    throw JSONFault(.duplicateMember(name), at: key.start)
  }
}

extension Member {
  /// The member's name as text.
  package func name(_ bytes: RawSpan) -> String {
    var cursor = JSONCursor(at: keyStart)
    guard let key = try? cursor.string(bytes) else { return "" }
    return key.text(bytes)
  }
}
