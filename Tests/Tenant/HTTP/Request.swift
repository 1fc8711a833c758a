/// One HTTP request, read whole.
struct Request: Sendable {
  var method: String
  /// Path and query as they stood in the request line.
  var target: String
  /// Names in lower case; a header that stood twice is here twice.
  var headers: [(name: String, value: String)]
  var body: [UInt8] = []

  init(
    _ method: String, _ target: String, headers: [(name: String, value: String)] = [],
    body: String = ""
  ) {
    self.method = method
    self.target = target
    self.headers = headers.map { ($0.name.lowercased(), $0.value) }
    self.body = Array(body.utf8)
  }

  /// The header's values, joined as if they had stood on one line.
  func header(_ name: String) -> String? {
    let values = headers.lazy.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The path's parts, percent-decoded.
  var segments: [String] {
    let path = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0]
    return path.split(separator: "/").map { percentDecoded($0) }
  }

  /// What a server in front of this one was asked as, for example `https://graph.test:8443`.
  var forwardedBase: String? {
    guard let scheme = header("x-forwarded-proto"), let host = header("host") else { return nil }
    return "\(scheme)://\(host)"
  }

  var query: Form {
    let parts = target.split(separator: "?", maxSplits: 1)
    return Form(parts.count == 2 ? String(parts[1]) : "")
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Names and values as a query or a form spells them.
struct Form: Sendable {
  let pairs: [(name: String, value: String)]

  init(_ text: String) {
    pairs = text.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        percentDecoded(parts[0], plusIsSpace: true),
        parts.count == 2 ? percentDecoded(parts[1], plusIsSpace: true) : ""
      )
    }
  }

  /// The first value of a name; names are compared without case, as Graph does.
  subscript(_ name: String) -> String? {
    pairs.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}

func percentDecoded(_ text: Substring, plusIsSpace: Bool = false) -> String {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), let value = hexByte(rest.prefix(2)) {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func hexByte(_ digits: Substring.UTF8View) -> UInt8? {
  digits.count == 2 ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
}

/// Everything but unreserved characters (RFC 3986, 2.3) as %XX.
func percentEncoded(_ text: String) -> String {
  var result = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default: result += "%" + hex(UInt64(byte), digits: 2).uppercased()
    }
  }
  return result
}
