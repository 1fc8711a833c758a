/// A member's name, prepared so that looking it up costs a few instructions.
package struct MemberName: Sendable, Hashable {
  let tag: KeyTag
  let hash: Int
  package let text: String

  package init(_ text: String) {
    self.text = text
    tag = unsafe KeyTag(text.utf8Span.span.bytes, 0, text.utf8.count)
    hash = tag.hash
  }
}

extension MemberName: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}

/// A member's name and the position where it stood last, which is looked at first.
package struct RememberedName: Sendable {
  package let name: MemberName
  var position = 0

  package init(_ text: String) { name = MemberName(text) }
}

extension RememberedName: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}

/// What identifies a name: its length and a mix of all its bytes, eight at a time.
///
/// Names of up to 16 bytes are told apart exactly by `head` and `tail`; longer ones also compare `middle`,
/// a hash, so that a look-up that matters compares bytes (`ObjectScanner` does for duplicates).
struct KeyTag: Hashable, Sendable {
  let head: UInt64
  let tail: UInt64
  let middle: UInt64
  let count: Int

  /// The tag of the bytes from `start` to `end` of `bytes`.
  @inline(__always)
  init(_ bytes: RawSpan, _ start: Int, _ end: Int) {
    let length = end &- start
    count = length
    if length >= 8 {
      head = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
      tail = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: end &- 8, as: UInt64.self)
      middle = length > 16 ? KeyTag.mix(bytes, start, end) : 0
    } else {
      head = KeyTag.short(bytes, start, length)
      tail = 0
      middle = 0
    }
  }

  /// Fewer than eight bytes as a number.
  @inline(__always)
  static func short(_ bytes: RawSpan, _ start: Int, _ length: Int) -> UInt64 {
    if start &+ 8 <= bytes.byteCount {
      let word = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start, as: UInt64.self)
      return UInt64(littleEndian: word) & ((1 &<< UInt64(8 &* length)) &- 1)
    }
    var word: UInt64 = 0
    for offset in 0..<length {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: start &+ offset, as: UInt8.self)
      word |= UInt64(byte) &<< UInt64(8 &* offset)
    }
    return word
  }

  /// The bytes between the first eight and the last eight; exact while they are at most eight.
  static func mix(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0
    var offset = start &+ 8
    while offset < end &- 8 {
      let word = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: min(offset, end &- 8), as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
      offset &+= 8
    }
    return hash
  }

  var hash: Int {
    var mixed = (head ^ (tail &* 0xFF51_AFD7_ED55_8CCD) ^ middle) &+ UInt64(count)
    mixed = mixed &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 40)
  }

  static func == (left: KeyTag, right: KeyTag) -> Bool {
    left.head == right.head && left.tail == right.tail && left.count == right.count
      && left.middle == right.middle
  }
}
