/// What a zone's name, as mailboxes and events spell it, may stand for.
package enum ZoneName: Hashable, Sendable {
  /// IANA names; the first that the tz database has is meant.
  case zones([String])
  /// A zone that only its mailbox can describe.
  case custom
  /// No name at all.
  case none
  /// No name that anybody knows.
  case unknown

  /// Reads Windows names in any case, IANA names, and the spellings that Graph uses besides.
  ///
  /// `territories` are ISO 3166 codes, the most telling first.
  package init(_ text: String, territories: [String] = []) {
    if text.isEmpty {
      self = .none
    } else if let zone = WindowsZones.zone(text, territories: territories) {
      self = .zones([zone])
    } else if Self.matches(text, "tzone://Microsoft/Utc") {
      self = .zones(["Etc/UTC"])
    } else if Self.matches(text, "tzone://Microsoft/Custom")
      || Self.matches(text, "Customized Time Zone")
    {
      self = .custom
    } else {
      let names = Self.alternatives(text).filter(Self.isSound)
      self = names.isEmpty ? .unknown : .zones(names)
    }
  }

  /// Whether a text can be a name in the tz database: parts of letters, digits and `+-_`, no path tricks.
  package static func isSound(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return name.utf8.count <= 100 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isPlain) }
  }

  /// Graph writes `Asia/Toshkent (Tashkent)`: either word may be the one that the tz database knows.
  private static func alternatives(_ text: String) -> [String] {
    guard text.hasSuffix(")"), let opening = text.utf8.firstIndex(of: UInt8(ascii: "(")),
      let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")), slash < opening
    else { return [text] }
    let first = String(text[..<opening].filter { $0 != " " })
    let second = text[...slash] + text[opening...].dropFirst().dropLast()
    return [first, String(second)]
  }

  private static func matches(_ text: String, _ other: String) -> Bool {
    equalIgnoringCase(text.utf8, other.utf8)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
