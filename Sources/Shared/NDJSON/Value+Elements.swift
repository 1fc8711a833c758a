extension Value {
  /// Hands each element of an array to `body`; for any other value there are none.
  ///
  /// The value comes from a scan, so its grammar is known to be right.
  package func forEachElement(
    _ bytes: RawSpan, _ body: (Value) throws -> Void
  ) throws {
    guard kind == .array else { return }
    var cursor = JSONCursor(at: start + 1)
    try cursor.skipWhiteSpace(bytes)
    while cursor.peek(bytes) != UInt8(ascii: "]") {
      try body(try cursor.value(bytes, depth: 1))
      try cursor.skipWhiteSpace(bytes)
      guard try cursor.next(bytes) == UInt8(ascii: ",") else { return }
      try cursor.skipWhiteSpace(bytes)
    }
  }

  /// How many elements an array has.
  package func elementCount(_ bytes: RawSpan) -> Int {
    var count = 0
    try? forEachElement(bytes) { _ in count += 1 }
    return count
  }

  /// The strings of an array; elements of other kinds are passed over.
  package func strings(_ bytes: RawSpan) -> [String] {
    var result: [String] = []
    try? forEachElement(bytes) { element in
      if let text = element.stringText(bytes) { result.append(text) }
    }
    return result
  }
}
