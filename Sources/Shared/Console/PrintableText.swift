/// The text with everything that could drive a terminal made visible: control characters (escape sequences
/// begin with one), and the characters that reverse the direction of writing.
///
/// Line ends and tabs become visible too, so that a message stays one line.
package func printable(_ text: String) -> String {
  // Most texts are nothing but letters of ASCII.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  guard text.unicodeScalars.contains(where: isHazard) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isHazard(scalar) {
      result += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isHazard(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
  default: false
  }
}
