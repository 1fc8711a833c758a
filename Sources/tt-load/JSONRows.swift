import NDJSON
import ODBC

/// Hands rows to a statement as JSON arrays, as many at once as a chunk holds.
enum JSONRows {
  private static let rowsPerChunk = 1000
  private static let bytesPerChunk = 4 << 20

  /// Runs the statement until all rows were in its `parameter`; returns how many rows it took.
  ///
  /// `append` adds a row's JSON; it returns false for a row that is not to go as JSON.
  static func send<Row>(
    _ all: [Row], to statement: inout Statement, parameter: Int,
    _ append: (Row, inout OutputBuffer) throws -> Bool
  ) throws -> Int {
    var json = OutputBuffer(capacity: 1 << 16)
    var rows = 0
    var taken = 0
    for (index, row) in all.enumerated() {
      let before = json.count
      json.append(rows == 0 ? "[" : ",")
      if try append(row, &json) { rows += 1 } else { json.truncate(to: before) }
      let isFull = rows == rowsPerChunk || json.count >= bytesPerChunk
      guard rows > 0, isFull || index == all.count - 1 else { continue }
      json.append("]")
      try json.withBytes { try statement.set(parameter, utf8: $0) }
      try statement.execute()
      taken += try statement.rowCount()
      json.removeAll()
      rows = 0
    }
    return taken
  }
}
