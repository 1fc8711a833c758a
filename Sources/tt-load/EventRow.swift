import NDJSON
import Schema

/// One event as the columns it fills, packed into bytes: for each column its length and its text.
///
/// Events wait in this form for their round's end. Numbers are decimal digits, times are as the columns have them.
enum EventRow {
  /// The columns in the order in which they stand.
  ///
  /// The owner's mail stands behind the categories, since it is no part of the event's content.
  static let columns: [EventColumn] = EventColumn.allCases.filter { !$0.isOwner }
  static let categoriesIndex = columns.count
  static let mailIndex = columns.count + 1
  private static let nullLength = UInt32.max

  /// Finds where the fields of a row stand.
  static func fields(_ row: RawSpan, into places: inout [Field]) {
    places.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < row.byteCount {
      let length = unsafe row.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt32.self)
      offset += 4
      let isNull = length == nullLength
      places.append(Field(start: offset, length: isNull ? 0 : Int(length), isNull: isNull))
      offset += isNull ? 0 : Int(length)
    }
  }

  /// The names in the row's categories.
  static func categories(_ row: RawSpan, _ places: [Field]) -> [String] {
    let place = places[categoriesIndex]
    guard !place.isNull else { return [] }
    var names: [Field] = []
    let packed = row.extracting(place.range)
    fields(packed, into: &names)
    return names.map { String(copying: packed.extracting($0.range)) }
  }

  struct Field {
    let start: Int
    let length: Int
    let isNull: Bool

    var range: Range<Int> { start..<start + length }
  }
}

extension OutputBuffer {
  /// A field that is NULL.
  mutating func appendNullField() {
    append(littleEndian: UInt32.max)
  }

  mutating func append(field bytes: RawSpan) {
    append(littleEndian: UInt32(truncatingIfNeeded: bytes.byteCount))
    append(bytes)
  }

  mutating func append(field text: String) {
    unsafe append(field: text.utf8Span.span.bytes)
  }
}
