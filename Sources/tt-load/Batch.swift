import ODBC

/// Statements that go over the network together, with their parameters.
struct Batch {
  enum Parameter {
    case text(String?)
    case number(Int)
  }

  private var statements: [String] = []
  private var parameters: [Parameter] = []

  var isEmpty: Bool { statements.isEmpty }

  mutating func append(_ sql: String, _ parameters: [Parameter] = []) {
    statements.append(sql)
    self.parameters += parameters
  }
}

extension Connection {
  /// Runs a batch, which is prepared once; returns how many rows its last statement touched.
  @discardableResult
  borrowing func run(_ batch: Batch) throws(ODBCError) -> Int {
    let statement = try kept(batch.text)
    try batch.set(on: statement)
    try statement.execute()
    return try statement.finishCounting()
  }

  /// Runs a statement, which is prepared once; returns how many rows it touched.
  @discardableResult
  borrowing func run(
    _ sql: String, _ parameters: [Batch.Parameter] = []
  ) throws(ODBCError) -> Int {
    var batch = Batch()
    batch.append(sql, parameters)
    return try run(batch)
  }
}

extension Batch {
  fileprivate var text: String { statements.joined(separator: ";\n") }

  fileprivate func set(on statement: borrowing KeptStatement) throws(ODBCError) {
    for (index, parameter) in parameters.enumerated() {
      switch parameter {
      case .text(let text): try statement.set(index, text)
      case .number(let number): try statement.set(index, number)
      }
    }
  }
}
