/// The objects of an array one after the other, each looked at once.
package struct ObjectElements {
  private var cursor: JSONCursor
  private var isFirst = true

  /// - Parameter array: comes from a scan, so its grammar is known to be right.
  package init(_ array: Value) { cursor = JSONCursor(at: array.start + 1) }

  /// Scans the next element; nil at the end.
  ///
  /// An element that is no object is a fault.
  package mutating func next(
    _ bytes: RawSpan, _ scanner: inout ObjectScanner
  ) throws(JSONFault) -> Value? {
    try cursor.skipWhiteSpace(bytes)
    if !isFirst {
      guard try cursor.next(bytes) == UInt8(ascii: ",") else { return nil }
      try cursor.skipWhiteSpace(bytes)
    } else if cursor.peek(bytes) == UInt8(ascii: "]") {
      return nil
    }
    isFirst = false
    let start = cursor.offset
    guard cursor.peek(bytes) == UInt8(ascii: "{") else {
      throw JSONFault(.notAnObject, at: start)
    }
    try scanner.scan(bytes, Value(.object, start, start + 1))
    cursor = JSONCursor(at: scanner.closingBrace + 1)
    return Value(.object, start, cursor.offset)
  }
}
