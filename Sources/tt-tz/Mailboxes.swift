import NDJSON
import Records

/// What is known of the people whose `user` records went by: some twenty bytes for each.
struct Mailboxes {
  /// Few mailboxes differ in what matters here: each kind is kept once, and people by its number.
  private var kinds: [Mailbox] = [.unknown]
  private var numbers: [Mailbox: UInt32] = [.unknown: 0]
  private var byUUID: [UUIDKey: UInt32] = [:]
  private var byText: [String: UInt32] = [:]
  private var lastUser: [UInt8] = []
  private var last = Mailbox.unknown

  subscript(_ user: String) -> Mailbox {
    get {
      let number = UUIDKey(user).map { byUUID[$0] } ?? byText[user]
      return kinds[Int(number ?? 0)]
    }
    set {
      let number = number(of: newValue)
      if let key = UUIDKey(user) { byUUID[key] = number } else { byText[user] = number }
      lastUser = []
    }
  }

  private mutating func number(of mailbox: Mailbox) -> UInt32 {
    if let number = numbers[mailbox] { return number }
    kinds.append(mailbox)
    numbers[mailbox] = UInt32(kinds.count - 1)
    return UInt32(kinds.count - 1)
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
struct Mailbox: Hashable {
  /// The zone, when the mailbox names one that is known or describes one.
  var zone: ZoneShelf.Place?
  /// The name that the mailbox gives its zone, when nobody knows it.
  var unknownName: UnknownNames.Number?
  var territory: Territory?

  static let unknown = Mailbox()
}

/// A user's id that is a UUID, as most are, in sixteen bytes.
private struct UUIDKey: Hashable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// Only the usual spelling counts, since ids are compared byte by byte.
  init?(_ id: String) {
    guard id.utf8.count == 36 else { return nil }
    var digits = 0
    for (index, byte) in id.utf8.enumerated() {
      if [8, 13, 18, 23].contains(index) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let value = Self.lowercaseHexValue(byte) else { return nil }
      if digits < 16 { high = high << 4 | value } else { low = low << 4 | value }
      digits += 1
    }
  }

  private static func lowercaseHexValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
