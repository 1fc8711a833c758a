/// Views that were expanded lately, since their pages are asked for one after the other.
struct ViewCache: Sendable {
  struct Key: Hashable, Sendable {
    let view: TrackedView
    let changes: Int
  }

  private static let most = 1024
  private var rows: [Key: [Row]] = [:]

  subscript(_ key: Key) -> [Row]? { rows[key] }

  mutating func keep(_ found: [Row], for key: Key) {
    if rows.count >= Self.most { rows = [:] }
    rows[key] = found
  }
}
