import NDJSON

extension RawSpan {
  /// How many UTF-16 units the text has.
  var utf16Count: Int {
    var count = 0
    for offset in 0..<byteCount {
      let byte = byte(at: offset)
      if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
    }
    return count
  }

  /// Whether there are characters beyond the basic plane in a text of more than 4,000 UTF-16 units, which engines that
  /// count characters cut and then find too long.
  var isLongWithPairs: Bool {
    byteCount > 4000 && utf16Count > 4000 && (0..<byteCount).contains { byte(at: $0) >= 0xF0 }
  }

  var hasNUL: Bool { (0..<byteCount).contains { byte(at: $0) == 0 } }
}
