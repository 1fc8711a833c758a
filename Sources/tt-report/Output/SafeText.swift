internal import Console
internal import NDJSON

/// Text from calendars, made harmless for where it goes: a terminal, a spreadsheet, JSON that somebody prints.
enum SafeText {
  /// A field of a CSV or TSV file that no spreadsheet takes for a formula, and no terminal for a command.
  static func field(_ text: String) -> String {
    let plain = printable(text)
    if plain.first.map({ $0.isASCII && ($0.isLetter || $0.isNumber) }) == true { return plain }
    // Spreadsheets skip white space in front of a formula.
    let first = plain.unicodeScalars.first { !$0.properties.isWhitespace }
    return first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false ? "'" + plain : plain
  }
}

extension OutputBuffer {
  /// A JSON string in which also those characters are escaped that could drive a terminal: the data is the same.
  mutating func append(safeJSON text: String) {
    guard printable(text) != text else { return append(jsonString: text) }
    append("\"")
    for scalar in text.unicodeScalars {
      let isHarmless = scalar.value >= 0x20 && printable(String(scalar)).unicodeScalars.count == 1
      if isHarmless, scalar != "\"", scalar != "\\" {
        append(text: String(scalar))
      } else if scalar.value < 0x80, scalar.value >= 0x20, scalar != "\u{7F}" {
        append("\\")
        append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        append("\\u")
        let digits = String(scalar.value, radix: 16)
        append(text: String(repeating: "0", count: 4 - digits.count) + digits)
      }
    }
    append("\"")
  }
}
