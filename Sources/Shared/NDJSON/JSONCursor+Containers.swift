extension JSONCursor {
  /// Steps over the object or array at whose opening byte the cursor stands, checking the grammar.
  ///
  /// `depth` containers are open around it. Goes down by calling itself, never further than the limit.
  mutating func skipContainer(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    guard depth < ObjectScanner.depthLimit else {
      throw JSONFault(.tooDeep(limit: ObjectScanner.depthLimit), at: offset)
    }
    let isObject = peek(bytes) == UInt8(ascii: "{")
    offset =
      try isObject
      ? endOfMembers(bytes, depth: depth &+ 1) : endOfElements(bytes, depth: depth &+ 1)
  }

  /// Where the object ends at whose brace the cursor stands.
  private func endOfMembers(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Int {
    var cursor = self
    var hasMore = try cursor.entersObject(bytes)
    while hasMore {
      _ = try cursor.string(bytes)
      try cursor.expect(UInt8(ascii: ":"), bytes)
      _ = try cursor.value(bytes, depth: depth)
      hasMore = try cursor.reachesMember(bytes)
    }
    return cursor.offset
  }

  /// Steps over an object's opening brace; whether a member follows, and not the end of the object, which is stepped
  /// over too.
  @inline(__always)
  mutating func entersObject(_ bytes: RawSpan) throws(JSONFault) -> Bool {
    offset &+= 1
    try skipWhiteSpace(bytes)
    guard peek(bytes) == UInt8(ascii: "}") else { return true }
    offset &+= 1
    return false
  }

  /// Steps over what stands behind a member of an object: the end of the object, or a comma; whether another member
  /// follows.
  @inline(__always)
  mutating func reachesMember(_ bytes: RawSpan) throws(JSONFault) -> Bool {
    if isAtCommaAndQuote(bytes) {
      offset &+= 1
      return true
    }
    try skipWhiteSpace(bytes)
    switch try next(bytes) {
    case UInt8(ascii: "}"): return false
    case UInt8(ascii: ","): try skipWhiteSpace(bytes)
    case let byte: throw JSONFault(.unexpectedByte(byte), at: offset - 1)
    }
    return true
  }

  /// Where the array ends at whose bracket the cursor stands.
  private func endOfElements(_ bytes: RawSpan, depth: Int) throws(JSONFault) -> Int {
    var cursor = JSONCursor(at: offset &+ 1)
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
