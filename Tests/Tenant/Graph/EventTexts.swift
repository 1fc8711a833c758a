/// Events of a mailbox that were written before, as text: a page is asked for again and again, and each event costs a
/// while.
struct EventTexts: Sendable {
  struct Key: Hashable, Sendable {
    let id: String
    let changeKey: String
    let isMaster: Bool
    let isTyped: Bool
    /// The preferences that shape an event.
    let mark: String
  }

  /// One for each mailbox, so that nobody waits for others.
  struct Shelf: Sendable {
    private var mailboxes: [String: Locked<EventTexts>] = [:]

    mutating func texts(of user: String) -> Locked<EventTexts> {
      if let known = mailboxes[user] { return known }
      let new = Locked(EventTexts())
      mailboxes[user] = new
      return new
    }
  }

  private static let mostBytes = 1 << 26
  private var texts: [Key: String] = [:]
  private var bytes = 0

  subscript(_ key: Key) -> String? { texts[key] }

  mutating func keep(_ text: String, for key: Key) {
    bytes += text.utf8.count
    if bytes > Self.mostBytes { (texts, bytes) = ([:], text.utf8.count) }
    texts[key] = text
  }
}

extension EventText {
  /// Writes all members, or the selected ones.
  func full(_ row: Row, _ json: inout JSONText, typed: Bool = false) {
    guard select == nil else { return compose(row, &json, typed: typed) }
    let key = EventTexts.Key(
      id: id(row), changeKey: row.item.changeKey, isMaster: row.kind == .master, isTyped: typed,
      mark: mark)
    if let text = known.withLock({ $0[key] }) { return json.raw(text) }
    var event = JSONText()
    compose(row, &event, typed: typed)
    json.raw(event.text)
    known.withLock { $0.keep(event.text, for: key) }
  }
}
