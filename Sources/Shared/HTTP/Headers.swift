/// Header lines in the order they came; names are found in any case.
package struct Headers: Equatable, Sendable {
  private var own: [(name: String, value: String)]
  /// Lines as the wire has them, which are looked at only when somebody asks.
  private var wire: [UInt8] = []

  package init(_ lines: [(name: String, value: String)] = []) { own = lines }

  /// Reads lines as the wire has them, `Name: value`; anything else is passed over.
  package init(wire: [UInt8]) {
    own = []
    self.wire = wire
  }

  package var lines: [(name: String, value: String)] {
    var result: [(name: String, value: String)] = []
    Self.forEachLine(wire) { name, value in
      result.append(
        (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
      return true
    }
    return result + own
  }

  /// The first value with this name.
  package subscript(_ name: String) -> String? {
    var found: String?
    Self.forEachLine(wire) { other, value in
      guard other.count == name.utf8.count,
        zip(other, name.utf8).allSatisfy({ lowercased($0) == lowercased($1) })
      else { return true }
      found = String(decoding: value, as: UTF8.self)
      return false
    }
    return found ?? own.first { equalsIgnoringCase($0.name, name) }?.value
  }

  package func all(_ name: String) -> [String] {
    lines.filter { equalsIgnoringCase($0.name, name) }.map(\.value)
  }

  package mutating func append(_ name: String, _ value: String) {
    own.append((name, value))
  }

  /// Calls `body` with name and value of each line until it says false.
  private static func forEachLine(
    _ wire: [UInt8], _ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool
  ) {
    var start = 0
    while start < wire.count {
      let end = wire[start...].firstIndex(of: UInt8(ascii: "\n")) ?? wire.count
      let line = wire[start..<end]
      start = end + 1
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
        continue
      }
      let rest = line[(colon + 1)...].drop { $0 <= 0x20 }
      let length = rest.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? rest.startIndex
      guard body(line[..<colon], rest[..<length]) else { return }
    }
  }

  package static func == (left: Headers, right: Headers) -> Bool {
    left.lines.elementsEqual(right.lines) { $0.name == $1.name && $0.value == $1.value }
  }
}

extension Headers: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { (name: $0.0, value: $0.1) })
  }
}

/// Compares ASCII texts without regard to case.
package func equalsIgnoringCase(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
  left.utf8.lazy.map(lowercased).elementsEqual(right.utf8.lazy.map(lowercased))
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
