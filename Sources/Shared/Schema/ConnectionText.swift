/// An ODBC connection string, taken apart: `Name=value;Name={value with ; in it}`.
package struct ConnectionText: Equatable, Sendable {
  private(set) var pairs: [(name: String, value: String)] = []

  package init() {}

  package init(_ text: String) {
    var rest = text[...]
    while !rest.isEmpty {
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst()
      let value = Self.value(&rest)
      pairs.append((Self.trimmed(name), value))
    }
  }

  /// Takes a value and the semicolon behind it; `}}` inside braces is one brace.
  private static func value(_ rest: inout Substring) -> String {
    guard rest.first == "{" else {
      let plain = rest.prefix { $0 != ";" }
      rest = rest.dropFirst(plain.count + 1)
      return trimmed(plain)
    }
    rest = rest.dropFirst()
    var result = ""
    while let character = rest.popFirst() {
      if character == "}" {
        guard rest.first == "}" else { break }
        rest = rest.dropFirst()
      }
      result.append(character)
    }
    rest = rest.drop { $0 != ";" }.dropFirst()
    return result
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text.drop(while: \.isWhitespace)
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// The value of the first of these names that is there; names compare without case.
  package func first(of names: String...) -> String? {
    pairs.first { pair in names.contains { $0.lowercased() == pair.name.lowercased() } }?.value
  }

  package mutating func append(_ name: String, _ value: String) {
    pairs.append((name, value))
  }

  package static func == (left: ConnectionText, right: ConnectionText) -> Bool {
    left.text == right.text
  }

  /// The whole as drivers read it.
  package var text: String {
    pairs.map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: ";")
  }

  private static func quoted(_ value: String) -> String {
    let isPlain =
      value.allSatisfy { !";{}[]()?*=!@".contains($0) } && value.first != " "
      && value.last != " "
    guard !isPlain else { return value }
    return "{\(value.replacing("}", with: "}}"))}"
  }
}

extension String {
  /// The text with one character in place of another, or several.
  fileprivate func replacing(_ character: Character, with other: String) -> String {
    reduce(into: "") { $0 += $1 == character ? other : String($1) }
  }
}
