package import NDJSON

/// Members of a scanned object, each checked to be what it should be.
///
/// A member that is absent and one that is null are the same: none.
extension ObjectScanner {
  package func text(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> String? {
    guard let value = value(name), !value.isNull else { return nil }
    guard value.kind == .string else { throw RecordFault("\"\(name.text)\" is not a text") }
    return value.text(bytes)
  }

  package func requiredText(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> String {
    guard let text = try text(name, bytes) else { throw RecordFault("\"\(name.text)\" is missing") }
    return text
  }

  package func flag(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> Bool? {
    guard let value = value(name), !value.isNull else { return nil }
    guard let flag = value.bool(bytes) else {
      throw RecordFault("\"\(name.text)\" is neither true nor false")
    }
    return flag
  }

  package func integer(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> Int? {
    guard let value = value(name), !value.isNull else { return nil }
    guard let number = value.integer(bytes) else {
      throw RecordFault("\"\(name.text)\" is not a whole number")
    }
    return number
  }

  /// The place of an object's member.
  package func object(_ name: MemberName) throws(RecordFault) -> Value? {
    guard let value = value(name), !value.isNull else { return nil }
    guard value.kind == .object else { throw RecordFault("\"\(name.text)\" is not an object") }
    return value
  }
}
