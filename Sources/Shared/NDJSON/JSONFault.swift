/// Why bytes are not one strict JSON object, and at which byte of the line.
package struct JSONFault: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case notAnObject
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case trailingBytes
    case invalidUTF8
    case controlCharacter(UInt8)
    case badEscape
    case badNumber
    case tooDeep(limit: Int)
    case duplicateMember(String)
  }

  package let reason: Reason
  /// Offset from the start of the line, counted from 0.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension JSONFault: CustomStringConvertible {
  package var description: String {
    "\(reason) at byte \(offset + 1)"
  }
}

extension JSONFault.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnObject: "not a JSON object"
    case .unexpectedEnd: "the line ends too early"
    case .unexpectedByte(let byte): "unexpected \(quoted(byte))"
    case .trailingBytes: "something follows the object"
    case .invalidUTF8: "not UTF-8"
    case .controlCharacter(let byte): "a raw control character (\(quoted(byte))) in a string"
    case .badEscape: "an escape that JSON doesn't know"
    case .badNumber: "not a JSON number"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .duplicateMember(let name): "the member \"\(name)\" stands twice"
    }
  }

  private func quoted(_ byte: UInt8) -> String {
    guard byte >= 0x20, byte < 0x7F else { return "byte 0x" + String(byte, radix: 16) }
    return "\"\(Character(UnicodeScalar(byte)))\""
  }
}
