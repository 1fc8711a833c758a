/// Rows of a page that came in part, each waiting for its series' master, or for itself to be fetched whole.
struct WaitingRows: Sendable {
  struct Row: Sendable {
    let id: String
    /// The id of what it waits for.
    let missing: String
    let bytes: [UInt8]
  }

  private var rows: [Row] = []

  /// What is waited for, each once, in the order it was missed, except for these.
  func missing(except ids: Set<String> = []) -> [String] {
    var known = ids
    return rows.map(\.missing).filter { known.insert($0).inserted }
  }

  mutating func append(_ row: Row) { rows.append(row) }

  /// Forgets a row; false when it doesn't wait here.
  @discardableResult
  mutating func remove(_ id: String) -> Bool {
    let count = rows.count
    rows.removeAll { $0.id == id }
    return rows.count < count
  }

  mutating func removeAll(waitingFor id: String) { rows.removeAll { $0.missing == id } }

  /// Gives up the rows that wait for this, in the order they came.
  mutating func take(waitingFor id: String) -> [Row] {
    defer { removeAll(waitingFor: id) }
    return rows.filter { $0.missing == id }
  }
}
