/// The text with everything but RFC 3986's unreserved characters written as `%XX`.
///
/// Good for form values, query values and path segments alike: a `+` never becomes a space.
package func percentEncoded(_ text: String) -> String {
  var result = ""
  for byte in text.utf8 {
    if isUnreserved(byte) {
      result.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      result += "%"
      result += hex(byte >> 4)
      result += hex(byte & 15)
    }
  }
  return result
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}

private func hex(_ nibble: UInt8) -> String {
  String(nibble, radix: 16, uppercase: true)
}
