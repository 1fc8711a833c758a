extension JSONCursor {
  /// A number in JSON's own grammar: no leading zeros, no plus sign, digits after a point.
  mutating func number(_ bytes: RawSpan) throws(JSONFault) {
    let start = offset
    if peek(bytes) == UInt8(ascii: "-") { offset &+= 1 }
    guard let first = peek(bytes) else { throw JSONFault(.unexpectedEnd, at: offset) }
    guard isDigit(first) else {
      throw JSONFault(offset == start ? .unexpectedByte(first) : .badNumber, at: offset)
    }
    if first == UInt8(ascii: "0") { offset &+= 1 } else { skipDigits(bytes) }
    if peek(bytes) == UInt8(ascii: ".") {
      offset &+= 1
      try digits(bytes)
    }
    if let mark = peek(bytes), mark | 0x20 == UInt8(ascii: "e") {
      offset &+= 1
      if let sign = peek(bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        offset &+= 1
      }
      try digits(bytes)
    }
    if let after = peek(bytes), isDigit(after) { throw JSONFault(.badNumber, at: offset) }
  }

  private mutating func digits(_ bytes: RawSpan) throws(JSONFault) {
    guard let byte = peek(bytes) else { throw JSONFault(.unexpectedEnd, at: offset) }
    guard isDigit(byte) else { throw JSONFault(.badNumber, at: offset) }
    skipDigits(bytes)
  }

  private mutating func skipDigits(_ bytes: RawSpan) {
    while let byte = peek(bytes), isDigit(byte) { offset &+= 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
