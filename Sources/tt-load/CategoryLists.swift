import NDJSON
import Records
import Schema

/// Turns events' lists of categories into fields of rows: people use the same few again and again, so that lists
/// are remembered by their bytes.
struct CategoryLists {
  private static let limit = 1024
  private var fields: [Hash128: [UInt8]] = [:]

  /// Appends the names as fields in a field, in the order of what they compare by, each once.
  mutating func append(
    _ value: Value?, _ line: RawSpan, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value, !value.isNull else { return row.appendNullField() }
    guard value.kind == .array else { throw RecordFault("\"categories\" is not an array") }
    let hash = SipHash.hash(line.extracting(value.start..<value.end))
    if let field = fields[hash] { return row.append(field) }
    let start = row.count
    try append(read(value, line), to: &row)
    if fields.count >= Self.limit { fields = [:] }
    fields[hash] = row.withBytes { bytes in
      unsafe bytes.extracting(start..<bytes.byteCount).withUnsafeBytes { unsafe [UInt8]($0) }
    }
  }

  private func read(_ value: Value, _ line: RawSpan) throws(RecordFault) -> [String] {
    guard let texts = value.stringsOnly(line) else {
      throw RecordFault("\"categories\" holds something that is not a text")
    }
    for name in texts where !CategoryName.fits(name) {
      throw RecordFault(
        "a category is longer than the \(Limit.categoryName) characters it may have")
    }
    return Self.distinct(texts)
  }

  private func append(_ names: [String], to row: inout OutputBuffer) {
    guard !names.isEmpty else { return row.appendNullField() }
    row.append(littleEndian: UInt32(names.reduce(0) { $0 + 4 + $1.utf8.count }))
    for name in names { row.append(field: name) }
  }

  private static func distinct(_ names: [String]) -> [String] {
    guard names.count > 1 else { return names }
    var byKey: [String: String] = [:]
    for name in names {
      let key = CategoryName.key(name)
      byKey[key] = byKey[key] ?? name
    }
    return byKey.sorted { $0.key < $1.key }.map(\.value)
  }
}
