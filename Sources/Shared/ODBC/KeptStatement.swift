/// A statement that its connection keeps prepared: preparing it costs a server more than running it.
///
/// Letting go of it ends the reading of its rows. The same text must not be asked for again before that.
package struct KeptStatement: ~Copyable {
  private let box: Box

  deinit { box.statement.closeCursor() }

  fileprivate init(_ box: Box) { self.box = box }

  fileprivate final class Box {
    var statement: Statement
    var isBound = false

    init(_ statement: consuming Statement) { self.statement = statement }
  }

  /// The statements of one connection, by their text.
  final class Shelf {
    private var boxes: [String: Box] = [:]

    func statement(
      _ sql: String, prepare: () throws(ODBCError) -> Statement
    ) throws(ODBCError) -> KeptStatement {
      if let box = boxes[sql] { return KeptStatement(box) }
      let box = Box(try prepare())
      boxes[sql] = box
      return KeptStatement(box)
    }
  }

  /// Says which columns the answer has; they stay the same.
  package borrowing func bind(columns: [Column]) throws(ODBCError) {
    guard !box.isBound else { return }
    try box.statement.bind(columns: columns)
    box.isBound = true
  }

  package borrowing func set(_ index: Int, utf8: RawSpan?) throws(ODBCError) {
    try box.statement.set(index, utf8: utf8)
  }

  package borrowing func set(_ index: Int, _ text: String?) throws(ODBCError) {
    try box.statement.set(index, text)
  }

  package borrowing func set(_ index: Int, _ integer: Int?) throws(ODBCError) {
    try box.statement.set(index, integer)
  }

  package borrowing func execute() throws(ODBCError) { try box.statement.execute() }

  package borrowing func finishCounting() throws(ODBCError) -> Int {
    try box.statement.finishCounting()
  }

  package borrowing func next() throws(ODBCError) -> Bool { try box.statement.next() }

  package borrowing func integer(_ column: Int) -> Int? { box.statement.integer(column) }

  package borrowing func text(_ column: Int) -> String? { box.statement.text(column) }
}
