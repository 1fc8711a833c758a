import NDJSON

/// Free text in JSON without escapes: what JSON would escape is a character of private use on the way, and the
/// statement that reads the JSON turns it back.
///
/// Not every server that speaks T-SQL undoes JSON's escapes, and rows that it doesn't take cost a statement each.
enum CodedText {
  /// What JSON would escape.
  static let plain = "\"\\\t\n\r"
  /// What stands for it in JSON, character by character: U+E000 and those after it.
  static let coded = "\u{E000}\u{E001}\u{E002}\u{E003}\u{E004}"

  /// Where the character for this byte stands in `plain`.
  static func place(of byte: UInt8) -> Int? {
    plain.utf8.enumerated().first { $0.element == byte }?.offset
  }
}

extension OutputBuffer {
  /// Appends a text as a JSON string; false, and half a string, when it has another control character, or one that
  /// stands for something.
  mutating func append(codedText text: RawSpan) -> Bool {
    append("\"")
    var plainStart = 0
    for offset in 0..<text.byteCount {
      let byte = text.byte(at: offset)
      // U+E000 to U+E03F.
      if byte == 0xEE, text.byte(at: offset + 1) == 0x80 { return false }
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
      else { continue }
      guard let place = CodedText.place(of: byte) else { return false }
      append(text, plainStart..<offset)
      append(0xEE)
      append(0x80)
      append(0x80 + UInt8(place))
      plainStart = offset + 1
    }
    append(text, plainStart..<text.byteCount)
    append("\"")
    return true
  }
}
