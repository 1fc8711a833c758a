extension JSONCursor {
  /// A string, at whose opening quote the cursor stands.
  ///
  /// Most strings are plain and end where the first stop is; what isn't is looked at out of line.
  @inline(__always)
  mutating func string(_ bytes: RawSpan) throws(JSONFault) -> Value {
    let start = offset
    guard peek(bytes) == UInt8(ascii: "\"") else { throw notAQuote(bytes) }
    let stop = Self.plainEnd(bytes, from: start &+ 1)
    guard stop < bytes.byteCount,
      unsafe bytes.unsafeLoad(fromUncheckedByteOffset: stop, as: UInt8.self)
        == UInt8(ascii: "\"")
    else {
      let value = try unusualString(bytes, stop: stop)
      offset = value.end
      return value
    }
    offset = stop &+ 1
    return Value(.string, start, stop &+ 1)
  }

  /// A string that holds escapes or more than ASCII, or that is broken; its plain beginning ends at `stop`.
  @inline(never)
  private func unusualString(_ bytes: RawSpan, stop: Int) throws(JSONFault) -> Value {
    var hasEscapes = false
    var cursor = JSONCursor(at: stop)
    while true {
      let byte = try cursor.next(bytes)
      if byte == UInt8(ascii: "\"") {
        return Value(.string, offset, cursor.offset, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try cursor.escape(bytes)
        // Line ends of two characters are two escapes.
        if cursor.peek(bytes) == UInt8(ascii: "\\") { continue }
      } else if byte >= 0x80 {
        cursor.offset &-= 1
        try cursor.skipNonASCII(bytes)
      } else {
        throw JSONFault(.controlCharacter(byte), at: cursor.offset - 1)
      }
      cursor.offset = Self.plainEnd(bytes, from: cursor.offset)
    }
  }

  @inline(never)
  private func notAQuote(_ bytes: RawSpan) -> JSONFault {
    guard let byte = peek(bytes) else { return JSONFault(.unexpectedEnd, at: offset) }
    return JSONFault(.unexpectedByte(byte), at: offset)
  }

  /// The place of the next byte that is a quote, a backslash, a control character or no ASCII.
  @inline(__always)
  private static func plainEnd(_ bytes: RawSpan, from start: Int) -> Int {
    // With this bit turned the quote stands right behind the control characters, so that one comparison finds both;
    // as signed numbers, bytes that are no ASCII lie in front of them.
    let bit = SIMD16<Int8>(repeating: 2)
    let quote = SIMD16<Int8>(repeating: 0x22 ^ 2)
    let backslash = SIMD16<Int8>(repeating: 0x5C ^ 2)
    let lastFull = bytes.byteCount &- 16
    var offset = start
    while offset <= lastFull {
      let chunk = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<Int8>.self)
      let turned = chunk ^ bit
      let stops = (turned .<= quote) .| (turned .== backslash)
      let halves = unsafe unsafeBitCast(stops, to: SIMD2<UInt64>.self)
      if halves.x != 0 { return offset &+ halves.x.trailingZeroBitCount &>> 3 }
      if halves.y != 0 { return offset &+ 8 &+ halves.y.trailingZeroBitCount &>> 3 }
      offset &+= 16
    }
    return scalarPlainEnd(bytes, from: offset)
  }

  @inline(never)
  private static func scalarPlainEnd(_ bytes: RawSpan, from start: Int) -> Int {
    var offset = start
    while offset < bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { break }
      offset &+= 1
    }
    return offset
  }

  /// The rest of an escape whose backslash was read (RFC 8259, 7).
  @inline(__always)
  private mutating func escape(_ bytes: RawSpan) throws(JSONFault) {
    let byte = try next(bytes)
    guard !Self.isShortEscape(byte) else { return }
    guard byte == UInt8(ascii: "u") else { throw JSONFault(.badEscape, at: offset - 1) }
    for _ in 0..<4 {
      let digit = try next(bytes)
      guard hexValue(digit) != nil else { throw JSONFault(.badEscape, at: offset - 1) }
    }
  }

  private static func isShortEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      true
    default: false
    }
  }

  /// Characters beyond ASCII, as long as they last; over-long forms, surrogates and what lies past
  /// U+10FFFF are refused (RFC 3629, 4).
  private mutating func skipNonASCII(_ bytes: RawSpan) throws(JSONFault) {
    while let lead = peek(bytes), lead >= 0x80 {
      let common = commonSequence(bytes)
      offset &+= common > 0 ? common : try rareSequence(lead, bytes)
    }
  }

  /// How long the sequence at the cursor is, when that shows in four bytes without a closer look; else 0.
  @inline(__always)
  private func commonSequence(_ bytes: RawSpan) -> Int {
    guard offset &+ 4 <= bytes.byteCount else { return 0 }
    let word = unsafe UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    // Two bytes from U+0080 on: the lead is neither C0 nor C1.
    if word & 0xC0E0 == 0x80C0 && word & 0x1E != 0 { return 2 }
    // Three bytes, neither over-long (E0) nor a surrogate (ED).
    if word & 0xC0_C0F0 == 0x80_80E0 && word & 0x0F != 0 && word & 0x0F != 0x0D { return 3 }
    return 0
  }

  @inline(never)
  private func rareSequence(_ lead: UInt8, _ bytes: RawSpan) throws(JSONFault) -> Int {
    let (length, second) = try sequence(lead)
    guard offset + length <= bytes.byteCount else {
      throw JSONFault(.invalidUTF8, at: offset)
    }
    for index in 1..<length {
      let byte = unsafe bytes.unsafeLoad(
        fromUncheckedByteOffset: offset + index, as: UInt8.self)
      let allowed = index == 1 ? second : 0x80...0xBF
      guard allowed.contains(byte) else { throw JSONFault(.invalidUTF8, at: offset) }
    }
    return length
  }

  /// How long the sequence is that this byte opens, and what may stand second in it.
  private func sequence(_ lead: UInt8) throws(JSONFault) -> (Int, ClosedRange<UInt8>) {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: throw JSONFault(.invalidUTF8, at: offset)
    }
  }
}

/// What a hexadecimal digit stands for.
func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
