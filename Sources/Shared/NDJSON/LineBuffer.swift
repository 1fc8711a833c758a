#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Turns bytes as they arrive into whole lines, without copying them once more.
///
/// The caller fills the free space, then takes lines until there are none, and fills again.
/// Memory is one buffer, as long as the longest line needs.
@safe package struct LineBuffer: ~Copyable {
  /// A line with its end may be this long (16 MiB).
  package static let lengthLimit = 16 << 20

  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0
  /// Up to here no line end stands.
  private var searched = 0
  private var isSkipping = false
  /// The number of the last line that was taken, from 1.
  package private(set) var lineNumber = 0

  /// What was found at the start of the waiting bytes.
  package enum Found: Equatable {
    /// A line's bytes, its end left out.
    case line(Range<Int>)
    /// A line that is longer than the limit; its bytes are thrown away.
    case tooLong
    /// No whole line: fill again.
    case needsMore
  }

  package init(capacity: Int = 1 << 17) {
    self.capacity = capacity
    unsafe base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe base.deallocate() }

  /// Lets `read` fill free space; returns how many bytes it put there, 0 at the end of input.
  package mutating func fill<Failure: Error>(
    _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    makeRoom()
    let room = unsafe UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
    let count = try unsafe read(room)
    end += count
    return count
  }

  /// The next whole line.
  ///
  /// Ranges hold until the next `fill`.
  package mutating func next() -> Found {
    let newline = firstNewline()
    if isSkipping {
      guard let newline else {
        start = end
        searched = end
        return .needsMore
      }
      isSkipping = false
      take(through: newline)
      return .tooLong
    }
    guard let newline else {
      searched = end
      if end - start >= Self.lengthLimit { isSkipping = true }
      return .needsMore
    }
    let line = start..<newline
    take(through: newline)
    guard line.count < Self.lengthLimit else { return .tooLong }
    return .line(line)
  }

  /// What is left after the last line end: a last line that has none, or nothing.
  package mutating func rest() -> Found {
    defer {
      start = end
      searched = end
    }
    if isSkipping {
      isSkipping = false
      lineNumber += 1
      return .tooLong
    }
    guard start < end else { return .needsMore }
    lineNumber += 1
    return .line(start..<end)
  }

  /// The bytes of a line, for the time of the call.
  package func withLine<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= end)
    return try unsafe body(
      RawSpan(_unsafeStart: UnsafeRawPointer(base + range.lowerBound), byteCount: range.count))
  }

  private mutating func take(through newline: Int) {
    start = newline + 1
    searched = start
    lineNumber += 1
  }

  private mutating func makeRoom() {
    if start > 0 {
      unsafe base.copyMemory(from: base + start, byteCount: end - start)
      searched -= start
      end -= start
      start = 0
    }
    guard capacity - end < capacity / 2 else { return }
    let wanted = max(capacity * 2, 1 << 17)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
    unsafe larger.copyMemory(from: base, byteCount: end)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = wanted
  }
}

extension LineBuffer {
  /// The place of the first line end among the waiting bytes that were not searched yet.
  private func firstNewline() -> Int? {
    guard searched < end,
      let found = unsafe memchr(base + searched, 0x0A, end - searched)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}

extension RawSpan {
  /// Whether a line ends anywhere in these bytes; in strict JSON that is between its parts only.
  package func containsLineEnd() -> Bool {
    unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe memchr(base, 0x0A, buffer.count) != nil
        || memchr(base, 0x0D, buffer.count) != nil
    }
  }
}
