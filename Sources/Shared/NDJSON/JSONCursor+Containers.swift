extension JSONCursor {
  /// Steps over the object or array at whose opening byte the cursor stands, checking the grammar.
  ///
  /// `depth` containers are open around it. Goes down by calling itself, never further than the limit.
  mutating func skipContainer(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    guard depth < ObjectScanner.depthLimit else {
      throw JSONFault(.tooDeep(limit: ObjectScanner.depthLimit), at: offset)
    }
    if try next(bytes) == UInt8(ascii: "{") {
      try skipMembers(bytes, depth: depth &+ 1)
    } else {
      try skipElements(bytes, depth: depth &+ 1)
    }
  }

  private mutating func skipMembers(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    try skipWhiteSpace(bytes)
    if peek(bytes) == UInt8(ascii: "}") { return advance(1) }
    while true {
      _ = try string(bytes)
      try expect(UInt8(ascii: ":"), bytes)
      try skipWhiteSpace(bytes)
      try skipValue(bytes, depth: depth)
      if skipCommaAndReachQuote(bytes) { continue }
      try skipWhiteSpace(bytes)
      let byte = try next(bytes)
      if byte == UInt8(ascii: "}") { return }
      guard byte == UInt8(ascii: ",") else {
        throw JSONFault(.unexpectedByte(byte), at: offset - 1)
      }
      try skipWhiteSpace(bytes)
    }
  }

  private mutating func skipElements(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    try skipWhiteSpace(bytes)
    if peek(bytes) == UInt8(ascii: "]") { return advance(1) }
    while true {
      try skipValue(bytes, depth: depth)
      try skipWhiteSpace(bytes)
      let byte = try next(bytes)
      if byte == UInt8(ascii: "]") { return }
      guard byte == UInt8(ascii: ",") else {
        throw JSONFault(.unexpectedByte(byte), at: offset - 1)
      }
      try skipWhiteSpace(bytes)
    }
  }

  @inline(__always)
  private mutating func skipValue(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    if peek(bytes) == UInt8(ascii: "\"") {
      _ = try string(bytes)
    } else {
      _ = try skipOther(bytes, depth: depth)
    }
  }
}
