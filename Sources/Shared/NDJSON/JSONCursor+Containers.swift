extension JSONCursor {
  /// What may come next inside a container.
  private enum Expectation { case keyOrEnd, key, valueOrEnd, value, separator }

  /// Steps over an object or array with everything in it, checking the grammar without recursion.
  mutating func skipContainer(_ bytes: RawSpan, depth: Int) throws(JSONFault) {
    var kinds = ContainerStack(outerDepth: depth)
    var expectation = try open(bytes, &kinds)
    while true {
      try skipWhiteSpace(bytes)
      guard let byte = peek(bytes) else { throw JSONFault(.unexpectedEnd, at: offset) }
      switch expectation {
      case .separator:
        if byte == UInt8(ascii: ",") {
          offset &+= 1
          expectation = kinds.isObject ? .key : .value
        } else if try close(byte, &kinds) {
          return
        }
      case .keyOrEnd where byte == UInt8(ascii: "}"), .valueOrEnd where byte == UInt8(ascii: "]"):
        if try close(byte, &kinds) { return }
        expectation = .separator
      case .keyOrEnd, .key:
        _ = try string(bytes)
        try expect(UInt8(ascii: ":"), bytes)
        expectation = .value
      case .valueOrEnd, .value:
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
          expectation = try open(bytes, &kinds)
        } else {
          try scalar(byte, bytes)
          expectation = .separator
        }
      }
    }
  }

  @inline(__always)
  private mutating func open(
    _ bytes: RawSpan, _ kinds: inout ContainerStack
  ) throws(JSONFault) -> Expectation {
    let isObject = try next(bytes) == UInt8(ascii: "{")
    guard kinds.push(isObject) else {
      throw JSONFault(.tooDeep(limit: ObjectScanner.depthLimit), at: offset - 1)
    }
    return isObject ? .keyOrEnd : .valueOrEnd
  }

  /// Takes the closing byte; true when the outermost container ended with it.
  @inline(__always)
  private mutating func close(
    _ byte: UInt8, _ kinds: inout ContainerStack
  ) throws(JSONFault) -> Bool {
    guard byte == (kinds.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw JSONFault(.unexpectedByte(byte), at: offset)
    }
    offset &+= 1
    return kinds.pop()
  }

  @inline(__always)
  private mutating func scalar(_ byte: UInt8, _ bytes: RawSpan) throws(JSONFault) {
    if byte == UInt8(ascii: "\"") {
      _ = try string(bytes)
    } else {
      _ = try value(bytes, depth: 0)
    }
  }
}

/// Which containers are open, one bit each.
private struct ContainerStack {
  private var bits: InlineArray<9, UInt64> = .init(repeating: 0)
  private var count = 0
  private let limit: Int
  private(set) var isObject = false

  @inline(__always)
  init(outerDepth: Int) { limit = ObjectScanner.depthLimit - outerDepth }

  /// False when that is one too many.
  @inline(__always)
  mutating func push(_ isObject: Bool) -> Bool {
    guard count < limit else { return false }
    let bit = UInt64(1) &<< UInt64(count & 63)
    if isObject { bits[count &>> 6] |= bit } else { bits[count &>> 6] &= ~bit }
    count &+= 1
    self.isObject = isObject
    return true
  }

  /// True when none is open any more.
  @inline(__always)
  mutating func pop() -> Bool {
    count &-= 1
    guard count > 0 else { return true }
    let top = count &- 1
    isObject = bits[top &>> 6] &>> UInt64(top & 63) & 1 == 1
    return false
  }
}
