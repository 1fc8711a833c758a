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

  var hasNUL: Bool { (0..<byteCount).contains { byte(at: $0) == 0 } }
}
