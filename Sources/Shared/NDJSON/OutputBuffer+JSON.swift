extension OutputBuffer {
  /// A JSON string with its quotes; only `"`, `\` and control characters are escaped (RFC 8259, 7).
  package mutating func append(jsonString text: String) {
    unsafe append(jsonString: text.utf8Span.span.bytes)
  }

  /// The same for bytes that are known to be UTF-8.
  package mutating func append(jsonString utf8: RawSpan) {
    append(UInt8(ascii: "\""))
    var plainStart = 0
    for offset in 0..<utf8.byteCount {
      let byte = unsafe utf8.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      append(utf8, plainStart..<offset)
      append(escapeOf: byte)
      plainStart = offset + 1
    }
    append(utf8, plainStart..<utf8.byteCount)
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escapeOf byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append("u00")
      append(hexDigit(byte >> 4))
      append(hexDigit(byte & 15))
    }
  }

  /// `null`, or the text as a JSON string.
  package mutating func append(jsonString text: String?) {
    if let text { append(jsonString: text) } else { append("null") }
  }

  package mutating func append(json value: Bool) {
    if value { append("true") } else { append("false") }
  }

  package mutating func append(json value: Bool?) {
    if let value { append(json: value) } else { append("null") }
  }
}

func hexDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a")
}
