/// A small JSON value as a tree, for answers and settings whose shape matters more than their bytes.
///
/// The stream never goes through it.
package enum JSONTree: Equatable, Sendable {
  case null
  case bool(Bool)
  /// The number as it stands, so that none loses digits.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([String: JSONTree])

  /// Reads one strict JSON value of any kind.
  package init(_ bytes: RawSpan) throws(JSONFault) {
    var cursor = JSONCursor(at: 0)
    try cursor.skipWhiteSpace(bytes)
    let value = try cursor.value(bytes, depth: 0)
    try cursor.skipWhiteSpace(bytes)
    guard cursor.isAtEnd(bytes) else { throw JSONFault(.trailingBytes, at: cursor.offset) }
    self = try JSONTree(bytes, value)
  }

  package init(_ bytes: [UInt8]) throws(JSONFault) {
    unsafe try self.init(bytes.span.bytes)
  }

  /// The value at a place that a scan has found.
  ///
  /// Of a member that stands twice the last one counts.
  package init(_ bytes: RawSpan, _ value: Value) throws(JSONFault) {
    switch value.kind {
    case .null: self = .null
    case .bool: self = .bool(value.bool(bytes) ?? false)
    case .number: self = .number(value.text(bytes))
    case .string: self = .string(value.text(bytes))
    case .array: self = try .array(Self.elements(bytes, value))
    case .object: self = try .object(Self.members(bytes, value))
    }
  }

  private static func elements(_ bytes: RawSpan, _ value: Value) throws(JSONFault) -> [JSONTree] {
    var result: [JSONTree] = []
    var cursor = JSONCursor(at: value.start + 1)
    try cursor.skipWhiteSpace(bytes)
    while cursor.peek(bytes) != UInt8(ascii: "]") {
      result.append(try JSONTree(bytes, try cursor.value(bytes, depth: 0)))
      try cursor.skipWhiteSpace(bytes)
      if cursor.peek(bytes) == UInt8(ascii: ",") { cursor.advance(1) }
      try cursor.skipWhiteSpace(bytes)
    }
    return result
  }

  private static func members(
    _ bytes: RawSpan, _ value: Value
  ) throws(JSONFault) -> [String: JSONTree] {
    var result: [String: JSONTree] = [:]
    var cursor = JSONCursor(at: value.start + 1)
    try cursor.skipWhiteSpace(bytes)
    while cursor.peek(bytes) != UInt8(ascii: "}") {
      let key = try cursor.string(bytes)
      try cursor.expect(UInt8(ascii: ":"), bytes)
      try cursor.skipWhiteSpace(bytes)
      result[key.text(bytes)] = try JSONTree(bytes, try cursor.value(bytes, depth: 0))
      try cursor.skipWhiteSpace(bytes)
      if cursor.peek(bytes) == UInt8(ascii: ",") { cursor.advance(1) }
      try cursor.skipWhiteSpace(bytes)
    }
    return result
  }
}

extension JSONTree {
  /// A member of an object; nil for anything else.
  package subscript(_ name: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A whole number, also one that is written as a string, as Azure's identity endpoints do.
  package var integer: Int? {
    switch self {
    case .number(let text), .string(let text): Int(text)
    default: nil
    }
  }

  /// A number of any kind, also one that is written as a string.
  package var number: Double? {
    switch self {
    case .number(let text), .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  package var array: [JSONTree] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }
}
