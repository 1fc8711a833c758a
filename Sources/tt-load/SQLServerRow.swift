import NDJSON
import ODBC
import Schema

/// How many bytes a server says a text has.
enum TextMeasure {
  case utf16, utf8

  init(_ connection: borrowing Connection) throws(ODBCError) {
    var statement = try connection.prepare(SQLServerStatements.textWidth)
    try statement.bind(columns: [.integer])
    try statement.execute()
    self = try statement.next() && statement.integer(0) == 1 ? .utf8 : .utf16
  }

  func bytes(_ text: RawSpan) -> Int {
    switch self {
    case .utf16: 2 * text.utf16Count
    case .utf8: text.byteCount
    }
  }
}

/// One packed row, as JSON with the number of its texts' bytes, or as parameters.
struct SQLServerRow {
  let measure: TextMeasure
  /// The staged columns, and where a packed row has them.
  private static let columns = SQLServerStatements.columns.map { column in
    (column, EventRow.columns.firstIndex(of: column) ?? EventRow.mailIndex)
  }
  private var fields: [EventRow.Field] = []

  init(measure: TextMeasure) { self.measure = measure }

  /// Finds the fields of the row that is asked about next.
  mutating func open(_ row: RawSpan) { EventRow.fields(row, into: &fields) }

  func categories(_ row: RawSpan) -> [String] { EventRow.categories(row, fields) }

  /// Its position, the columns' values, the hash, the number of all texts' bytes; false when there is something in a
  /// text that not every server reads from JSON.
  func append(
    _ position: Int, _ row: RawSpan, _ owner: Owner, content: Int, to json: inout OutputBuffer
  ) -> Bool {
    var bytes = 0
    var isReadable = true
    json.append("[")
    json.append(integer: position)
    forEachValue(row, owner) { column, value in
      json.append(",")
      guard let value else { return json.append("null") }
      if column.kind.isText { bytes += measure.bytes(value) }
      if SQLServerStatements.isCoded(column) {
        isReadable = json.append(codedText: value) && !value.isLongWithPairs && isReadable
      } else {
        json.append(jsonString: value)
        isReadable = isReadable && !value.hasNUL
      }
    }
    json.append(",")
    json.append(integer: content)
    json.append(",")
    json.append(integer: bytes)
    json.append("]")
    return isReadable
  }

  /// Sets its position, the columns' values and the hash as parameters.
  func set(
    _ position: Int, _ row: RawSpan, _ owner: Owner, content: Int,
    of statement: borrowing KeptStatement
  ) throws(ODBCError) {
    try statement.set(0, position)
    var parameter = 1
    try forEachValue(row, owner) { _, value throws(ODBCError) in
      try statement.set(parameter, utf8: value)
      parameter += 1
    }
    try statement.set(parameter, content)
  }

  private func forEachValue<Failure: Error>(
    _ row: RawSpan, _ owner: Owner, _ body: (EventColumn, RawSpan?) throws(Failure) -> Void
  ) throws(Failure) {
    for (column, field) in Self.columns {
      if column == .userEmail, let mail = owner.mail {
        unsafe try body(column, mail.utf8Span.span.bytes)
      } else {
        try body(column, fields[field].isNull ? nil : row.extracting(fields[field].range))
      }
    }
  }
}
