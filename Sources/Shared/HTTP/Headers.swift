/// Header lines in the order they came; names are found in any case.
package struct Headers: Equatable, Sendable {
  package private(set) var lines: [(name: String, value: String)]

  package init(_ lines: [(name: String, value: String)] = []) { self.lines = lines }

  /// The first value with this name.
  package subscript(_ name: String) -> String? {
    lines.first { equalsIgnoringCase($0.name, name) }?.value
  }

  package func all(_ name: String) -> [String] {
    lines.filter { equalsIgnoringCase($0.name, name) }.map(\.value)
  }

  package mutating func append(_ name: String, _ value: String) {
    lines.append((name, value))
  }

  /// Reads lines as the wire has them, `Name: value`; anything else is passed over.
  package init(wire: [UInt8]) {
    lines = []
    for line in wire.split(separator: UInt8(ascii: "\n")) { append(line: line) }
  }

  private mutating func append(line: ArraySlice<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
      return
    }
    var value = line[line.index(after: colon)...].drop { $0 <= 0x20 }
    if let end = value.lastIndex(where: { $0 > 0x20 }) {
      value = value[...end]
    } else {
      value = value[value.endIndex...]
    }
    append(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
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
