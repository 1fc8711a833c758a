/// What a 401 asks for, from its `WWW-Authenticate` header (RFC 9110, 11.6.1).
package struct Challenge: Equatable, Sendable {
  /// The parameters of the Bearer challenge; names in lower case.
  package let parameters: [String: String]

  package init?(_ headers: Headers) {
    for line in headers.all("WWW-Authenticate") {
      guard let space = line.firstIndex(of: " "),
        equalsIgnoringCase(line[..<space], "Bearer")
      else { continue }
      parameters = Self.parse(line[space...])
      return
    }
    return nil
  }

  /// The decoded claims that the next token request must carry; nil when this is an ordinary 401.
  package var claims: String? {
    guard parameters["error"] == "insufficient_claims", let encoded = parameters["claims"],
      let bytes = Base64.decode(encoded)
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads `name=value` pairs; values may be quoted, hold commas and equals signs.
  private static func parse(_ text: Substring) -> [String: String] {
    var result: [String: String] = [:]
    var rest = text
    while true {
      rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
      guard let equals = rest.firstIndex(of: "=") else { return result }
      let name = rest[..<equals].lowercased()
      rest = rest[rest.index(after: equals)...]
      let value: String
      if rest.first == "\"" {
        (value, rest) = quoted(rest.dropFirst())
      } else {
        let end = rest.firstIndex { $0 == "," || $0 == " " } ?? rest.endIndex
        value = String(rest[..<end])
        rest = rest[end...]
      }
      if result[name] == nil { result[name] = value }
    }
  }

  private static func quoted(_ text: Substring) -> (String, Substring) {
    var value = ""
    var rest = text
    while let character = rest.popFirst() {
      if character == "\"" { break }
      if character == "\\", let next = rest.popFirst() {
        value.append(next)
      } else {
        value.append(character)
      }
    }
    return (value, rest)
  }
}
