/// What a 401 asks for, from its `WWW-Authenticate` header (RFC 9110, 11.6.1).
package struct Challenge: Equatable, Sendable {
  /// The parameters of the Bearer challenge; names in lower case.
  package let parameters: [String: String]

  package init?(_ headers: Headers) {
    let challenges = headers.all("WWW-Authenticate").flatMap { Self.challenges($0) }
    guard let bearer = challenges.first(where: { equalsIgnoringCase($0.scheme, "Bearer") }) else {
      return nil
    }
    parameters = bearer.parameters
  }

  /// The decoded claims that the next token request must carry; nil when this is an ordinary 401.
  package var claims: String? {
    guard parameters["error"] == "insufficient_claims", let encoded = parameters["claims"],
      let bytes = Base64.decode(encoded)
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads a line of challenges: a scheme, then its `name=value` pairs, then perhaps the next scheme.
  private static func challenges(
    _ line: String
  ) -> [(scheme: Substring, parameters: [String: String])] {
    var result: [(scheme: Substring, parameters: [String: String])] = []
    var rest = line[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
      let word = rest.prefix { $0 != " " && $0 != "," && $0 != "=" && $0 != "\t" }
      rest = rest[word.endIndex...]
      if rest.first == "=" {
        let value: String
        (value, rest) = Self.value(rest.dropFirst())
        let name = word.lowercased()
        guard let last = result.indices.last, result[last].parameters[name] == nil else { continue }
        result[last].parameters[name] = value
      } else if word.isEmpty {
        return result
      } else {
        result.append((word, [:]))
      }
    }
  }

  /// A value, which may be quoted and hold commas and equals signs, and what follows it.
  private static func value(_ text: Substring) -> (String, Substring) {
    guard text.first != "\"" else { return quoted(text.dropFirst()) }
    let end = text.firstIndex { $0 == "," || $0 == " " } ?? text.endIndex
    return (String(text[..<end]), text[end...])
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
