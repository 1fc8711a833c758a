extension Value {
  /// The text of a string, escapes resolved; for any other kind, its bytes as they stand.
  ///
  /// A surrogate without its other half becomes U+FFFD: no Unicode text can hold it.
  package func text(_ bytes: RawSpan) -> String {
    guard kind == .string else { return string(bytes, range) }
    return hasEscapes ? String(decoding: unescaped(bytes), as: UTF8.self) : string(bytes, contents)
  }

  /// The text when this is a string, else nil.
  package func stringText(_ bytes: RawSpan) -> String? {
    kind == .string ? text(bytes) : nil
  }

  @inlinable
  package func bool(_ bytes: RawSpan) -> Bool? {
    guard kind == .bool else { return nil }
    return bytes.byte(at: start) == UInt8(ascii: "t")
  }

  /// A whole number; nil for any other value, and for one that has a fraction or doesn't fit.
  package func integer(_ bytes: RawSpan) -> Int? {
    guard kind == .number else { return nil }
    return Int(text(bytes))
  }

  /// Whether this is a string with exactly these bytes, without making a text of it.
  @inlinable @inline(__always)
  package func equals(_ word: StaticString, _ bytes: RawSpan) -> Bool {
    guard kind == .string, end &- start &- 2 == word.utf8CodeUnitCount, !hasEscapes else {
      return false
    }
    for index in 0..<word.utf8CodeUnitCount {
      guard unsafe bytes.byte(at: start &+ 1 &+ index) == word.utf8Start[index] else {
        return false
      }
    }
    return true
  }

  private func string(_ bytes: RawSpan, _ range: Range<Int>) -> String {
    unsafe bytes.extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a string's text, escapes resolved.
  package func unescaped(_ bytes: RawSpan) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var offset = start + 1
    while offset < end - 1 {
      let byte = bytes.byte(at: offset)
      offset += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      offset = resolveEscape(bytes, at: offset, into: &result)
    }
    return result
  }

  /// Resolves the escape whose letter stands at `offset`; returns where the text goes on.
  private func resolveEscape(_ bytes: RawSpan, at offset: Int, into result: inout [UInt8]) -> Int {
    switch bytes.byte(at: offset) {
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "u"): return resolveUnicode(bytes, at: offset + 1, into: &result)
    case let byte: result.append(byte)
    }
    return offset + 1
  }

  private func resolveUnicode(_ bytes: RawSpan, at offset: Int, into result: inout [UInt8]) -> Int {
    let unit = codeUnit(bytes, at: offset)
    guard unit & 0xFC00 == 0xD800 else {
      result.append(contentsOf: Unicode.Scalar(unit).utf8OrReplacement)
      return offset + 4
    }
    guard offset + 10 <= end - 1, bytes.byte(at: offset + 4) == UInt8(ascii: "\\"),
      bytes.byte(at: offset + 5) == UInt8(ascii: "u"),
      case let low = codeUnit(bytes, at: offset + 6), low & 0xFC00 == 0xDC00
    else {
      result.append(contentsOf: Unicode.Scalar(unit).utf8OrReplacement)
      return offset + 4
    }
    let scalar = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
    result.append(contentsOf: Unicode.Scalar(scalar).utf8OrReplacement)
    return offset + 10
  }

  private func codeUnit(_ bytes: RawSpan, at offset: Int) -> UInt32 {
    var unit: UInt32 = 0
    for index in 0..<4 {
      unit = unit << 4 | UInt32(hexValue(bytes.byte(at: offset + index)) ?? 0)
    }
    return unit
  }
}

extension Unicode.Scalar? {
  fileprivate var utf8OrReplacement: Unicode.Scalar.UTF8View { (self ?? "\u{FFFD}").utf8 }
}

extension RawSpan {
  /// The byte at an offset that a scan has shown to be inside.
  @inlinable
  package func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether these bytes are exactly those; eight are compared in a step.
  package func isSame(as other: [UInt8]) -> Bool {
    unsafe isSame(as: other.span.bytes)
  }

  /// Whether these bytes are exactly those.
  package func isSame(as other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset &+ 8 <= byteCount {
      let word = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      let same = unsafe other.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      guard word == same else { return false }
      offset &+= 8
    }
    guard offset < byteCount else { return true }
    // The rest lies within the last eight bytes, which were looked at in part already.
    guard byteCount >= 8 else { return hasSameBytes(as: other) }
    let last = byteCount &- 8
    let word = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: last, as: UInt64.self)
    return unsafe word == other.unsafeLoadUnaligned(fromUncheckedByteOffset: last, as: UInt64.self)
  }

  private func hasSameBytes(as other: RawSpan) -> Bool {
    for offset in 0..<byteCount where byte(at: offset) != other.byte(at: offset) { return false }
    return true
  }
}
