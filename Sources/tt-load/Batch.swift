import ODBC

/// Statements that go over the network together, with their parameters.
struct Batch {
  private enum Value {
    case text(String?)
    case number(Int)
  }

  private var statements: [String] = []
  private var values: [Value] = []

  init() {}

  var isEmpty: Bool { statements.isEmpty }

  /// A batch of one statement, or of several in one text.
  init(_ sql: String, _ texts: [String?] = [], _ numbers: Int...) {
    append(sql, texts, numbers)
  }

  /// Adds a statement whose parameters are texts, then numbers.
  mutating func append(_ sql: String, _ texts: [String?] = [], _ numbers: Int...) {
    append(sql, texts, numbers)
  }

  private mutating func append(_ sql: String, _ texts: [String?], _ numbers: [Int]) {
    statements.append(sql)
    values += texts.map(Value.text) + numbers.map(Value.number)
  }
}

extension Connection {
  /// Runs a batch, which is prepared once; returns how many rows all its statements touched.
  @discardableResult
  borrowing func run(_ batch: Batch) throws(ODBCError) -> Int {
    let statement = try kept(batch.text)
    try batch.set(on: statement)
    try statement.execute()
    return try statement.finishCounting()
  }
}

extension Batch {
  fileprivate var text: String { statements.joined(separator: ";\n") }

  fileprivate func set(on statement: borrowing KeptStatement) throws(ODBCError) {
    for (index, value) in values.enumerated() {
      switch value {
      case .text(let text): try statement.set(index, text)
      case .number(let number): try statement.set(index, number)
      }
    }
  }
}
