extension JSONCursor {
  /// A string, at whose opening quote the cursor stands.
  @inline(__always)
  mutating func string(_ bytes: RawSpan) throws(JSONFault) -> Value {
    let start = offset
    let quote = try next(bytes)
    guard quote == UInt8(ascii: "\"") else {
      throw JSONFault(.unexpectedByte(quote), at: start)
    }
    var hasEscapes = false
    while true {
      skipPlain(bytes)
      let byte = try next(bytes)
      if byte == UInt8(ascii: "\"") {
        return Value(.string, start, offset, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try escape(bytes)
      } else if byte >= 0x80 {
        offset &-= 1
        try skipNonASCII(bytes)
      } else {
        throw JSONFault(.controlCharacter(byte), at: offset - 1)
      }
    }
  }

  /// Moves to the next byte that is a quote, a backslash, a control character or no ASCII.
  @inline(__always)
  private mutating func skipPlain(_ bytes: RawSpan) {
    let quote = SIMD16<Int8>(repeating: 0x22)
    let backslash = SIMD16<Int8>(repeating: 0x5C)
    let space = SIMD16<Int8>(repeating: 0x20)
    let lastFull = bytes.byteCount &- 16
    while offset <= lastFull {
      let chunk = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<Int8>.self)
      // As signed numbers, bytes that are no ASCII lie below the space too.
      let stops = (chunk .== quote) .| (chunk .== backslash) .| (chunk .< space)
      let halves = unsafe unsafeBitCast(stops, to: SIMD2<UInt64>.self)
      if halves.x != 0 {
        offset &+= halves.x.trailingZeroBitCount &>> 3
        return
      }
      if halves.y != 0 {
        offset &+= 8 &+ halves.y.trailingZeroBitCount &>> 3
        return
      }
      offset &+= 16
    }
    while let byte = peek(bytes), byte >= 0x20, byte < 0x80, byte != 0x22, byte != 0x5C {
      offset &+= 1
    }
  }

  /// The rest of an escape whose backslash was read (RFC 8259, 7).
  private mutating func escape(_ bytes: RawSpan) throws(JSONFault) {
    switch try next(bytes) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        let digit = try next(bytes)
        guard hexValue(digit) != nil else { throw JSONFault(.badEscape, at: offset - 1) }
      }
    default: throw JSONFault(.badEscape, at: offset - 1)
    }
  }

  /// Characters beyond ASCII, as long as they last; over-long forms, surrogates and what lies past
  /// U+10FFFF are refused (RFC 3629, 4).
  private mutating func skipNonASCII(_ bytes: RawSpan) throws(JSONFault) {
    while let lead = peek(bytes), lead >= 0x80 {
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
      offset &+= length
    }
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
