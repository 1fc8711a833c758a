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

  /// The strings of an array; nil when an element is something else.
  package func stringsOnly(_ bytes: RawSpan) -> [String]? {
    var result: [String] = []
    var isStrange = false
    try? forEachElement(bytes) { element in
      guard let text = element.stringText(bytes) else { return isStrange = true }
      result.append(text)
    }
    return isStrange ? nil : result
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
