/// What an item's ids are made of.
///
/// Shapes and lengths follow published samples: 152 characters, 168 for occurrences, letters that
/// differ only in case, `-`, `_` and a `=` at the end.
struct ItemKey: Sendable, Hashable {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let immutablePrefix = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A"
  private static let tail = "AAA="

  /// 68 characters that no other item of the tenant has.
  private let core: String
  private let mailbox: String
  private let immutableId: String
  /// The same in every attendee's calendar, and for all dates of a series.
  let uid: String

  init(seed: Int, user: String, number: Int) {
    let seed = UInt64(bitPattern: Int64(seed))
    self.init(
      core: Self.letters(mixed("item \(user) \(number)", seed), 68),
      mailbox: Self.letters(mixed("mailbox " + user, seed), 40))
  }

  private init(core: String, mailbox: String) {
    self.core = core
    self.mailbox = mailbox
    immutableId = Self.immutablePrefix + mailbox.prefix(39) + "C" + core + "AAEN" + Self.tail
    uid = "040000008200E00074C5B7101A82E008" + Self.letters(mixed("uid" + core), 24)
  }

  /// A key that differs from this one in nothing but the case of one letter.
  var twin: ItemKey {
    var letters = Array(core.utf8)
    let place = letters.lastIndex { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    if let place { letters[place] ^= 0x20 }
    return ItemKey(core: String(decoding: letters, as: UTF8.self), mailbox: mailbox)
  }

  /// The item's id: the immutable one, or the one that depends on the calendar.
  func id(isImmutable: Bool, calendar: Int) -> String {
    if isImmutable { return immutableId }
    let folder = Self.letters(mixed("folder \(calendar)" + mailbox), 32)
    return "AAMkAG" + mailbox + folder + core + "AQ" + Self.tail
  }

  /// The id of one date of a series.
  func id(of date: CivilDay, isImmutable: Bool, calendar: Int) -> String {
    let master = id(isImmutable: isImmutable, calendar: calendar)
    let (year, month, day) = date.parts
    let digits = padded(year, 4) + padded(month, 2) + padded(day, 2)
    return master.dropLast(Self.tail.count) + "FRAA" + digits + "AAAA" + Self.tail
  }

  /// The etag's core.
  func changeKey(_ changed: Int) -> String {
    Self.letters(mixed("change \(changed)" + core), 27) + "="
  }

  /// What an expanded date shows in its place.
  func changeKey(_ changed: Int, of date: CivilDay) -> String {
    Self.letters(mixed("change \(changed) \(date.text)" + core), 27) + "="
  }

  private static func letters(_ seed: UInt64, _ count: Int) -> String {
    var random = SeededRandom(seed)
    return String(
      decoding: (0..<count).map { _ in alphabet[Int(random.next() >> 58)] }, as: UTF8.self)
  }
}
