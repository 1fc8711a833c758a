import NDJSON

/// Free text in JSON without escapes: what JSON would escape is a character of private use on the way, and the
/// statement that reads the JSON turns it back.
///
/// Not every server that speaks T-SQL undoes JSON's escapes, and rows that it doesn't take cost a statement each.
enum CodedText {
  /// What stands in the text, and what stands for it in JSON, character by character.
  static let plain = "\"\\\t\n\r"
  static let coded = "\u{E000}\u{E001}\u{E002}\u{E003}\u{E004}"

  /// Where the character for this byte stands in `plain`.
  static func place(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""): 0
    case UInt8(ascii: "\\"): 1
    case UInt8(ascii: "\t"): 2
    case UInt8(ascii: "\n"): 3
    case UInt8(ascii: "\r"): 4
    default: nil
    }
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
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xEE
      else { continue }
      if byte == 0xEE {
        // U+E000 to U+E03F.
        if text.byte(at: offset + 1) == 0x80 { return false }
        continue
      }
      guard let place = CodedText.place(of: byte) else { return false }
      append(text, plainStart..<offset)
      append(0xEE)
      append(0x80)
      append(0x80 + place)
      plainStart = offset + 1
    }
    append(text, plainStart..<text.byteCount)
    append("\"")
    return true
  }
}
