/// What a text must look like: a glob (`*` and `?`) for the whole of it, or `/a regular expression/` for a part.
///
/// Neither looks at case.
struct TextPattern {
  private enum Kind {
    case glob([Character])
    case expression(Expression)
  }

  private let kind: Kind

  init(_ source: String) throws(ExpressionFault) {
    guard source.count > 1, source.hasPrefix("/"), source.hasSuffix("/") else {
      kind = .glob(Array(source.lowercased()))
      return
    }
    kind = .expression(try Expression(String(source.dropFirst().dropLast())))
  }

  func matches(_ text: String) -> Bool {
    switch kind {
    case .glob(let glob): Self.matches(Array(text.lowercased()), glob)
    case .expression(let expression): expression.isFound(in: text)
    }
  }

  /// An address by itself, or by its domain where the pattern has no `@` but at its beginning.
  func matches(address: String) -> Bool {
    guard case .glob(let glob) = kind, !glob.dropFirst().contains("@") else {
      return matches(address)
    }
    guard let at = address.lastIndex(of: "@") else { return false }
    let domain = glob.first == "@" ? address[at...] : address[address.index(after: at)...]
    return matches(String(domain))
  }

  /// Each star takes as little as it can, and more when what follows doesn't fit.
  private static func matches(_ text: [Character], _ glob: [Character]) -> Bool {
    var place = 0
    var next = 0
    var retry: (place: Int, next: Int)?
    while place < text.count {
      if next < glob.count, glob[next] == "*" {
        retry = (place, next + 1)
        next += 1
      } else if next < glob.count, glob[next] == "?" || glob[next] == text[place] {
        place += 1
        next += 1
      } else if let last = retry {
        retry = (last.place + 1, last.next)
        place = last.place + 1
        next = last.next
      } else {
        return false
      }
    }
    return glob[next...].allSatisfy { $0 == "*" }
  }
}
