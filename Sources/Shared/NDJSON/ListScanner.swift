/// Reads an object with a list of objects in it, such as a page of an answer, in one pass.
///
/// The elements are handed out while the rest is still unread: only when there is no other is the whole known to be
/// strict JSON. The list may stand before the other members or behind them.
package struct ListScanner {
  private enum Place { case outside, members, list, end }

  private let list: MemberName
  private var cursor = JSONCursor(at: 0)
  private var place = Place.outside
  private var isFirst = true
  private var others: [(name: String, value: Value)] = []
  /// Whether there is such a list.
  package private(set) var hasList = false

  package init(list: MemberName) { self.list = list }

  /// A member beside the list, once all elements were handed out.
  package func value(_ name: MemberName) -> Value? { others.first { $0.name == name.text }?.value }

  /// Scans the next element of the list; nil when the object has ended.
  ///
  /// An element that is no object is a fault.
  package mutating func next(
    _ bytes: RawSpan, _ scanner: inout ObjectScanner
  ) throws(JSONFault) -> Value? {
    if place == .list, let element = try nextElement(bytes, &scanner) { return element }
    if place == .outside { try enter(bytes) }
    while place == .members {
      try member(bytes)
      if place == .list, let element = try nextElement(bytes, &scanner) { return element }
    }
    return nil
  }

  private mutating func enter(_ bytes: RawSpan) throws(JSONFault) {
    try cursor.skipWhiteSpace(bytes)
    guard cursor.peek(bytes) == UInt8(ascii: "{") else {
      throw JSONFault(cursor.isAtEnd(bytes) ? .unexpectedEnd : .notAnObject, at: cursor.offset)
    }
    cursor.advance(1)
    try cursor.skipWhiteSpace(bytes)
    guard cursor.peek(bytes) == UInt8(ascii: "}") else {
      place = .members
      return
    }
    try close(bytes)
  }

  /// One member; where it is the list, the cursor ends in front of its first element.
  private mutating func member(_ bytes: RawSpan) throws(JSONFault) {
    let key = try cursor.string(bytes)
    let name = key.text(bytes)
    guard !(name == list.text && hasList), !others.contains(where: { $0.name == name }) else {
      throw JSONFault(.duplicateMember(name), at: key.start)
    }
    try cursor.expect(UInt8(ascii: ":"), bytes)
    try cursor.skipWhiteSpace(bytes)
    if name == list.text, cursor.peek(bytes) == UInt8(ascii: "[") {
      cursor.advance(1)
      hasList = true
      place = .list
    } else {
      others.append((name, try cursor.value(bytes, depth: 1)))
      try endMember(bytes)
    }
  }

  private mutating func endMember(_ bytes: RawSpan) throws(JSONFault) {
    try cursor.skipWhiteSpace(bytes)
    switch try cursor.next(bytes) {
    case UInt8(ascii: ","):
      try cursor.skipWhiteSpace(bytes)
      place = .members
    case UInt8(ascii: "}"):
      cursor.advance(-1)
      try close(bytes)
    case let byte: throw JSONFault(.unexpectedByte(byte), at: cursor.offset - 1)
    }
  }

  private mutating func close(_ bytes: RawSpan) throws(JSONFault) {
    place = .end
    cursor.advance(1)
    try cursor.skipWhiteSpace(bytes)
    guard cursor.isAtEnd(bytes) else { throw JSONFault(.trailingBytes, at: cursor.offset) }
  }

  private mutating func nextElement(
    _ bytes: RawSpan, _ scanner: inout ObjectScanner
  ) throws(JSONFault) -> Value? {
    try cursor.skipWhiteSpace(bytes)
    guard let byte = cursor.peek(bytes) else {
      throw JSONFault(.unexpectedEnd, at: cursor.offset)
    }
    if byte == UInt8(ascii: "]") {
      cursor.advance(1)
      try endMember(bytes)
      return nil
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else {
        throw JSONFault(.unexpectedByte(byte), at: cursor.offset)
      }
      cursor.advance(1)
      try cursor.skipWhiteSpace(bytes)
    }
    isFirst = false
    let start = cursor.offset
    try scanner.scan(bytes, Value(try kind(bytes), start, start + 1))
    cursor = JSONCursor(at: scanner.closingBrace + 1)
    return Value(.object, start, cursor.offset)
  }

  private func kind(_ bytes: RawSpan) throws(JSONFault) -> Value.Kind {
    guard let byte = cursor.peek(bytes) else {
      throw JSONFault(.unexpectedEnd, at: cursor.offset)
    }
    return byte == UInt8(ascii: "{") ? .object : .null
  }
}
