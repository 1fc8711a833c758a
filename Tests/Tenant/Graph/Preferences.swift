/// What the headers named Prefer ask for.
///
/// They hold for that request only.
struct Preferences: Sendable, Equatable {
  var zoneName = "UTC"
  var isImmutable = false
  var isTextBody = false
  var maxPageSize: Int?
  /// The names that were understood, as `Preference-Applied` repeats them.
  private(set) var applied: [String] = []

  init() {}

  init(header: String?) {
    for part in splitOutsideQuotes(header ?? "") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let value = trimmed(pair[1]).filter { $0 != "\"" }
      apply(trimmed(pair[0]).lowercased(), value)
    }
  }

  private mutating func apply(_ name: String, _ value: String) {
    switch name {
    case "outlook.timezone":
      zoneName = value
      applied.append("outlook.timezone=\"\(value)\"")
    case "idtype" where value.lowercased() == "immutableid":
      isImmutable = true
      applied.append("IdType=ImmutableId")
    case "outlook.body-content-type":
      isTextBody = value.lowercased() == "text"
      applied.append("outlook.body-content-type=\"\(value)\"")
    case "odata.maxpagesize":
      maxPageSize = Int(value)
    default: break
    }
  }

  /// What must stay the same on every page of one list.
  var kept: [String] { applied.filter { !$0.hasPrefix("odata") }.sorted() }

  /// The same, short enough for a link.
  var mark: String { "k~" + hex(mixed(kept.joined(separator: ";")), digits: 16) }
}

private func splitOutsideQuotes(_ text: String) -> [Substring] {
  var isQuoted = false
  return text.split { character in
    if character == "\"" { isQuoted.toggle() }
    return character == "," && !isQuoted
  }
}
