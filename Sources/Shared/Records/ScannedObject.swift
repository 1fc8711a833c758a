package import NDJSON

/// Members of a scanned object, each checked to be what it should be.
///
/// A member that is absent and one that is null are the same: none.
extension ObjectScanner {
  package func text(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> String? {
    try value(name)?.text(of: name, bytes)
  }

  package func text(
    _ name: inout RememberedName, _ bytes: RawSpan
  ) throws(RecordFault) -> String? {
    try value(&name)?.text(of: name.name, bytes)
  }

  package func requiredText(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> String {
    guard let text = try text(name, bytes) else { throw RecordFault("\"\(name.text)\" is missing") }
    return text
  }

  package func flag(_ name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> Bool? {
    try value(name)?.flag(of: name, bytes)
  }

  package func flag(
    _ name: inout RememberedName, _ bytes: RawSpan
  ) throws(RecordFault) -> Bool? {
    try value(&name)?.flag(of: name.name, bytes)
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
    try value(name)?.object(of: name)
  }

  package func object(_ name: inout RememberedName) throws(RecordFault) -> Value? {
    try value(&name)?.object(of: name.name)
  }
}

extension Value {
  fileprivate func text(of name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> String? {
    guard !isNull else { return nil }
    guard kind == .string else { throw RecordFault("\"\(name.text)\" is not a text") }
    return text(bytes)
  }

  @inline(__always)
  fileprivate func flag(of name: MemberName, _ bytes: RawSpan) throws(RecordFault) -> Bool? {
    guard !isNull else { return nil }
    guard let flag = bool(bytes) else {
      throw RecordFault("\"\(name.text)\" is neither true nor false")
    }
    return flag
  }

  fileprivate func object(of name: MemberName) throws(RecordFault) -> Value? {
    guard !isNull else { return nil }
    guard kind == .object else { throw RecordFault("\"\(name.text)\" is not an object") }
    return self
  }
}
