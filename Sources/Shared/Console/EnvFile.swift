/// A `.env` file: `NAME=value` a line, `#` comments, an optional `export`, values in single or double quotes.
///
/// Double quotes know `\n`, `\"`, `\\` and `\$`; nothing is ever substituted.
package enum EnvFile {
  package static func parse(_ text: String, path: String) throws -> [(String, String)] {
    var result: [(String, String)] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      guard let entry = entry(line) else { continue }
      guard case .pair(let name, let value) = entry else {
        throw Failure(
          .configuration, "\(path) line \(index + 1): not NAME=value",
          hint: "comments begin with #")
      }
      result.append((name, value))
    }
    return result
  }

  private enum Entry { case pair(String, String), malformed }

  private static func entry(_ line: Substring) -> Entry? {
    var rest = trimmed(line)
    if rest.isEmpty || rest.first == "#" { return nil }
    if rest.hasPrefix("export ") { rest = trimmed(rest.dropFirst(7)) }
    guard let equals = rest.firstIndex(of: "=") else { return .malformed }
    let name = trimmed(rest[..<equals])
    guard !name.isEmpty,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { return .malformed }
    guard let value = value(trimmed(rest[rest.index(after: equals)...])) else { return .malformed }
    return .pair(String(name), value)
  }

  private static func value(_ text: Substring) -> String? {
    switch text.first {
    case "'": return quoted(text.dropFirst(), by: "'", escapes: false)
    case "\"": return quoted(text.dropFirst(), by: "\"", escapes: true)
    default:
      // A comment needs white space in front, so that a secret may hold a number sign.
      var end = text.startIndex
      var previous: Character = " "
      while end < text.endIndex, !(text[end] == "#" && previous.isWhitespace) {
        previous = text[end]
        end = text.index(after: end)
      }
      return String(trimmed(text[..<end]))
    }
  }

  private static func quoted(_ text: Substring, by quote: Character, escapes: Bool) -> String? {
    var result = ""
    var characters = text.makeIterator()
    while let character = characters.next() {
      if character == quote { return result }
      guard escapes, character == "\\", let next = characters.next() else {
        result.append(character)
        continue
      }
      result.append(next == "n" ? "\n" : next)
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop(while: \.isWhitespace)
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}
