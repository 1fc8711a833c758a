/// Where one value stands in a line, and what kind it is.
///
/// Offsets count from the start of the span that was scanned.
@usableFromInline
package struct Value: Equatable, Sendable {
  @usableFromInline
  package enum Kind: Sendable {
    case string, number, bool, null, object, array
  }

  @usableFromInline package let kind: Kind
  /// For strings: whether escapes stand in it, so that its bytes are not its text.
  @usableFromInline package let hasEscapes: Bool
  @usableFromInline package let start: Int
  @usableFromInline package let end: Int

  @inlinable
  package init(_ kind: Kind, _ start: Int, _ end: Int, hasEscapes: Bool = false) {
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.start = start
    self.end = end
  }

  /// The whole value as it stands, a string's quotes included.
  @inlinable package var range: Range<Int> { unsafe Range(uncheckedBounds: (start, end)) }
  /// What stands between a string's quotes.
  @inlinable package var contents: Range<Int> {
    unsafe Range(uncheckedBounds: (start + 1, end - 1))
  }
  @inlinable package var isNull: Bool { kind == .null }
}

/// One member of an object: its name's place, and its value.
package struct Member: Sendable {
  let key: KeyTag
  /// The place of the name, from its opening quote.
  package internal(set) var keyStart: Int
  package internal(set) var value: Value

  init(key: KeyTag, keyStart: Int, value: Value) {
    self.key = key
    self.keyStart = keyStart
    self.value = value
  }
}
