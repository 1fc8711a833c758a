import ODBC

extension Statement {
  /// Runs the statement and reads all rows, each turned into a value by `read`.
  mutating func rows<Row>(_ read: (inout Statement) throws -> Row) throws -> [Row] {
    try execute()
    var result: [Row] = []
    while try next() { result.append(try read(&self)) }
    return result
  }
}
