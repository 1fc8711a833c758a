extension JSONCursor {
  /// Steps over the object or array at whose opening byte the cursor stands, checking the grammar.
  ///
  /// `depth` containers are open around it. Goes down by calling itself, never further than the limit.
  mutating func skipContainer(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    guard depth < ObjectScanner.depthLimit else {
      throw JSONFault(.tooDeep(limit: ObjectScanner.depthLimit), at: offset)
    }
    if try next(bytes) == UInt8(ascii: "{") {
      offset = try endOfMembers(bytes, depth: depth &+ 1)
    } else {
      offset = try endOfElements(bytes, depth: depth &+ 1)
    }
  }

  /// Where the object ends whose opening brace was read.
  private func endOfMembers(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Int {
    var cursor = self
    try cursor.skipWhiteSpace(bytes)
    if cursor.peek(bytes) == UInt8(ascii: "}") { return cursor.offset &+ 1 }
    while true {
      _ = try cursor.string(bytes)
      try cursor.expect(UInt8(ascii: ":"), bytes)
      try cursor.skipWhiteSpace(bytes)
      _ = try cursor.value(bytes, depth: depth)
      if cursor.skipCommaAndReachQuote(bytes) { continue }
      try cursor.skipWhiteSpace(bytes)
      let byte = try cursor.next(bytes)
      if byte == UInt8(ascii: "}") { return cursor.offset }
      guard byte == UInt8(ascii: ",") else {
        throw JSONFault(.unexpectedByte(byte), at: cursor.offset - 1)
      }
      try cursor.skipWhiteSpace(bytes)
    }
  }

  /// Where the array ends whose opening bracket was read.
  private func endOfElements(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Int {
    var cursor = self
    try cursor.skipWhiteSpace(bytes)
    if cursor.peek(bytes) == UInt8(ascii: "]") { return cursor.offset &+ 1 }
    while true {
      _ = try cursor.value(bytes, depth: depth)
      try cursor.skipWhiteSpace(bytes)
      let byte = try cursor.next(bytes)
      if byte == UInt8(ascii: "]") { return cursor.offset }
      guard byte == UInt8(ascii: ",") else {
        throw JSONFault(.unexpectedByte(byte), at: cursor.offset - 1)
      }
      try cursor.skipWhiteSpace(bytes)
    }
  }
}
