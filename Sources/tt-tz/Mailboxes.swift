import NDJSON
import Records

/// What is known of the people whose `user` records went by: a few bytes for each.
struct Mailboxes {
  private var byUser: [UserKey: Mailbox] = [:]
  private var lastUser: [UInt8] = []
  private var last = Mailbox.unknown

  subscript(_ user: String) -> Mailbox {
    get { byUser[UserKey(user)] ?? .unknown }
    set {
      byUser[UserKey(user)] = newValue
      lastUser = []
    }
  }

  /// The mailbox of the user whose id this value holds.
  ///
  /// The events of one person come together mostly.
  @inline(__always)
  mutating func mailbox(of user: Value, _ line: RawSpan) -> Mailbox {
    if !lastUser.isEmpty, line.extracting(user.contents).isSame(as: lastUser) { return last }
    return find(user, line)
  }

  private mutating func find(_ user: Value, _ line: RawSpan) -> Mailbox {
    last = self[user.text(line)]
    lastUser = user.hasEscapes ? [] : Array(copying: line, user.contents)
    return last
  }
}

/// What tt-tz remembers of a person.
struct Mailbox: Equatable {
  /// The zone, when the mailbox names one that is known or describes one.
  var zone: ZoneShelf.Place?
  /// The name that the mailbox gives its zone, when nobody knows it.
  var unknownName: UnknownNames.Number?
  var territory: Territory?

  static let unknown = Mailbox()
}

/// A user's id: most are UUIDs, which fit into sixteen bytes.
private enum UserKey: Hashable {
  case uuid(UInt64, UInt64)
  case text(String)

  init(_ id: String) {
    self = Self.uuid(id) ?? .text(id)
  }

  /// Only the usual spelling counts, since ids are compared byte by byte.
  private static func uuid(_ id: String) -> UserKey? {
    guard id.utf8.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for (index, byte) in id.utf8.enumerated() {
      if [8, 13, 18, 23].contains(index) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let value = lowercaseHexValue(byte) else { return nil }
      if digits < 16 { words.0 = words.0 << 4 | value } else { words.1 = words.1 << 4 | value }
      digits += 1
    }
    return .uuid(words.0, words.1)
  }

  private static func lowercaseHexValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
