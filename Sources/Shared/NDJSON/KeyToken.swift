/// A name as it stood in the last object, with the comma or brace in front of it, its quotes and its colon: where the
/// next object has the same bytes at the same place in its order, nothing about the name needs to be found out again.
struct KeyToken {
  /// Names with all that are compared up to this length.
  static let lengthLimit = 32

  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// How many bytes the token has; 0 for a name that can't be compared this way.
  private(set) var length = 0

  /// The token of the name from `quote` to `end`, quotes included; its length is 0 where white space stands around
  /// it, or where it is too long to be compared.
  init(_ bytes: RawSpan, _ quote: Int, _ end: Int) {
    let start = quote &- 1
    let length = end &- start &+ 1
    guard length <= Self.lengthLimit, end < bytes.byteCount,
      bytes.byte(at: end) == UInt8(ascii: ":"), bytes.byte(at: start) > 0x20
    else { return }
    self.length = length
    masks = (
      Self.mask(length), Self.mask(length - 8), Self.mask(length - 16), Self.mask(length - 24)
    )
    words = (
      Self.wordNearEnd(bytes, start) & masks.0, Self.wordNearEnd(bytes, start + 8) & masks.1,
      Self.wordNearEnd(bytes, start + 16) & masks.2, Self.wordNearEnd(bytes, start + 24) & masks.3
    )
  }

  /// Whether the bytes at `offset` are the token's: taken by its place, as a copy would cost more than the look.
  @inline(__always)
  static func matches(
    _ token: UnsafePointer<KeyToken>, _ bytes: RawSpan, at offset: Int
  ) -> Bool {
    guard offset &+ lengthLimit <= bytes.byteCount else {
      return unsafe token.pointee.matchesNearEnd(bytes, at: offset)
    }
    let first = unsafe (word(bytes, offset) ^ token.pointee.words.0) & token.pointee.masks.0
    let second = unsafe (word(bytes, offset &+ 8) ^ token.pointee.words.1) & token.pointee.masks.1
    guard first | second == 0 else { return false }
    guard unsafe token.pointee.length > 16 else { return true }
    let third = unsafe (word(bytes, offset &+ 16) ^ token.pointee.words.2) & token.pointee.masks.2
    let fourth = unsafe (word(bytes, offset &+ 24) ^ token.pointee.words.3) & token.pointee.masks.3
    return third | fourth == 0
  }

  /// The same where fewer bytes are left than the longest token has: those that are missing match nothing.
  @inline(never)
  private func matchesNearEnd(_ bytes: RawSpan, at offset: Int) -> Bool {
    Self.wordNearEnd(bytes, offset) & masks.0 == words.0
      && Self.wordNearEnd(bytes, offset + 8) & masks.1 == words.1
      && Self.wordNearEnd(bytes, offset + 16) & masks.2 == words.2
      && Self.wordNearEnd(bytes, offset + 24) & masks.3 == words.3
  }

  /// A mask of the first `count` bytes of a word in memory's order.
  private static func mask(_ count: Int) -> UInt64 {
    count <= 0 ? 0 : UInt64(littleEndian: ~0 >> (64 - 8 * UInt64(min(count, 8))))
  }

  @inline(__always)
  private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
  }

  /// The same with zeros for the bytes past the end.
  private static func wordNearEnd(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    let missing = offset + 8 - bytes.byteCount
    guard missing > 0 else { return word(bytes, offset) }
    guard missing < 8 else { return 0 }
    guard bytes.byteCount >= 8 else { return shortWord(bytes, offset) }
    return (UInt64(littleEndian: word(bytes, offset - missing)) >> UInt64(8 * missing)).littleEndian
  }

  private static func shortWord(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    var result: UInt64 = 0
    for place in offset..<bytes.byteCount {
      result |= UInt64(bytes.byte(at: place)) << UInt64(8 * (place - offset))
    }
    return result.littleEndian
  }
}
