/// A place in JSON bytes, and the steps that RFC 8259's grammar allows from there.
///
/// Sixteen bytes are looked at in one step where as many are left; the checks are the same near the end.
///
/// What is called rather than inlined takes the cursor by value and gives back a place: a hot loop then keeps its
/// cursor in a register.
struct JSONCursor {
  var offset: Int

  @inline(__always)
  init(at offset: Int) { self.offset = offset }

  @inline(__always)
  func isAtEnd(_ bytes: RawSpan) -> Bool { offset >= bytes.byteCount }

  @inline(__always)
  mutating func advance(_ count: Int) { offset &+= count }

  @inline(__always)
  func peek(_ bytes: RawSpan) -> UInt8? {
    guard offset < bytes.byteCount else { return nil }
    return unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// The byte at the cursor, which moves past it.
  @inline(__always)
  mutating func next(_ bytes: RawSpan) throws(JSONFault) -> UInt8 {
    guard let byte = peek(bytes) else { throw JSONFault(.unexpectedEnd, at: offset) }
    offset &+= 1
    return byte
  }

  /// Whether a comma stands here that a quote follows at once, as between most members.
  @inline(__always)
  func isAtCommaAndQuote(_ bytes: RawSpan) -> Bool {
    unsafe offset &+ 2 <= bytes.byteCount
      && bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self)
        == UInt16(littleEndian: 0x222C)
  }

  @inline(__always)
  mutating func skipWhiteSpace(_ bytes: RawSpan) throws(JSONFault) {
    if let byte = peek(bytes), byte <= 0x20 { offset = try endOfWhiteSpace(bytes) }
  }

  @inline(never)
  private func endOfWhiteSpace(_ bytes: RawSpan) throws(JSONFault) -> Int {
    var cursor = self
    while let byte = cursor.peek(bytes), byte <= 0x20 {
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else {
        throw JSONFault(.unexpectedByte(byte), at: cursor.offset)
      }
      cursor.offset &+= 1
    }
    return cursor.offset
  }

  /// Skips white space and then exactly this byte.
  @inline(__always)
  mutating func expect(_ wanted: UInt8, _ bytes: RawSpan) throws(JSONFault) {
    if peek(bytes) != wanted { try skipWhiteSpace(bytes) }
    let byte = try next(bytes)
    guard byte == wanted else { throw JSONFault(.unexpectedByte(byte), at: offset - 1) }
  }

  /// One value of any kind, and the white space in front of it.
  @inline(__always)
  mutating func value(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Value {
    if peek(bytes) == UInt8(ascii: "\"") { return try string(bytes) }
    let start = offset
    if let kind = skipFourLetters(bytes) { return Value(kind, start, offset) }
    let value = try otherValue(bytes, depth: depth)
    offset = value.end
    return value
  }

  /// Steps over `null`, `true` or `false`, the most common values that are no strings.
  @inline(__always)
  private mutating func skipFourLetters(_ bytes: RawSpan) -> Value.Kind? {
    guard offset &+ 5 <= bytes.byteCount else { return nil }
    let word = unsafe UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    switch word {
    case 0x736C_6166 where bytes.byte(at: offset &+ 4) == UInt8(ascii: "e"):
      offset &+= 5
      return .bool
    case 0x6C6C_756E:
      offset &+= 4
      return .null
    case 0x6575_7274:
      offset &+= 4
      return .bool
    default: return nil
    }
  }

  /// The value behind the cursor, which is no string unless white space stands in front of it.
  @inline(never)
  func otherValue(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Value {
    var cursor = self
    try cursor.skipWhiteSpace(bytes)
    if cursor.peek(bytes) == UInt8(ascii: "\"") { return try cursor.string(bytes) }
    let start = cursor.offset
    let kind = try cursor.skipOther(bytes, depth: depth)
    return Value(kind, start, cursor.offset)
  }

  @inline(__always)
  private mutating func skipOther(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Value.Kind {
    guard let byte = peek(bytes) else { throw JSONFault(.unexpectedEnd, at: offset) }
    switch byte {
    case UInt8(ascii: "t"):
      try literal(0x6575_7274, "true", bytes)
      return .bool
    case UInt8(ascii: "f"):
      offset &+= 1
      try literal(0x6573_6C61, "alse", bytes)
      return .bool
    case UInt8(ascii: "n"):
      try literal(0x6C6C_756E, "null", bytes)
      return .null
    case UInt8(ascii: "{"):
      try skipContainer(bytes, depth: depth)
      return .object
    case UInt8(ascii: "["):
      try skipContainer(bytes, depth: depth)
      return .array
    default:
      try number(bytes)
      return .number
    }
  }

  /// Four letters, compared as one word (its bytes in memory's order) where four bytes are left.
  @inline(__always)
  private mutating func literal(
    _ letters: UInt32, _ text: StaticString, _ bytes: RawSpan
  ) throws(JSONFault) {
    if offset &+ 4 <= bytes.byteCount,
      unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
        == UInt32(littleEndian: letters)
    {
      offset &+= 4
      return
    }
    try refuseLiteral(text, bytes)
  }

  /// Finds the byte at which the bytes stop being `text`.
  private mutating func refuseLiteral(
    _ text: StaticString, _ bytes: RawSpan
  ) throws(JSONFault) {
    for index in 0..<text.utf8CodeUnitCount {
      let byte = try next(bytes)
      guard unsafe byte == text.utf8Start[index] else {
        throw JSONFault(.unexpectedByte(byte), at: offset - 1)
      }
    }
  }
}
