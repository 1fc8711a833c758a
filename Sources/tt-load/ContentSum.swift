import ODBC

/// What the events of a slice come to: two slices with the same have the same events in the same state.
///
/// Sums of the halves of the contents' hashes, which every engine can tell in one row and in any order.
struct ContentSum: Equatable {
  private var count = 0
  private var low = 0
  private var high = 0

  /// Of the events that a round brings.
  init(_ round: RoundToWrite) {
    self.init(of: round.content.present.lazy.map { round.pending.entries[$0].content })
  }

  init(of contents: some Sequence<Int>) {
    for content in contents {
      count += 1
      low += content & 0xFFFF_FFFF
      high += content / 0x1_0000_0000
    }
  }

  /// Of the events that a slice holds; nil while one of them is deleted or of an earlier program.
  init?(count: Int?, alive: Int?, low: Int?, high: Int?) {
    guard let count, count == alive, count > 0, let low, let high else { return nil }
    self.count = count
    self.low = low
    self.high = high
  }

  /// The columns `count`, `alive`, `low` and `high` over the members `m` of a slice and their events `e`.
  static let columns = """
    CAST(COUNT(*) AS BIGINT), CAST(COUNT(CASE WHEN e.is_deleted = 0 THEN e.content_hash END) AS BIGINT),
    SUM(e.content_hash & CAST(4294967295 AS BIGINT)),
    SUM(e.content_hash / CAST(4294967296 AS BIGINT))
    """
}

extension Statement {
  /// Runs the statement that asks for a slice's sum, if the round is full; says whether it is the round's.
  mutating func tells(_ round: RoundToWrite) throws(ODBCError) -> Bool {
    guard case .full(let slice, _) = round.scope, !round.holdsNothing else { return false }
    try set(0, slice)
    try execute()
    defer { closeCursor() }
    guard try next() else { return false }
    let held = ContentSum(count: integer(0), alive: integer(1), low: integer(2), high: integer(3))
    return held == ContentSum(round)
  }
}
