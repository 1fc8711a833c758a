package import NDJSON

/// What a program does with the lines of its input; `pump` brings them.
package protocol LineHandler: ~Copyable {
  /// One line, its end left out. Lines are numbered from 1, blank ones included.
  mutating func take(
    _ line: RawSpan, number: Int, into output: inout OutputBuffer
  ) throws

  /// The last line, when the input ended before its line end: one that doesn't parse was cut off.
  mutating func takeUnended(
    _ line: RawSpan, number: Int, into output: inout OutputBuffer
  ) throws

  /// A line that can't be looked at: it is longer than the stream allows.
  mutating func takeOverlong(number: Int, into output: inout OutputBuffer) throws

  /// Nothing waits at the input: a good moment to let go of what was held back.
  mutating func idle(into output: inout OutputBuffer) throws
}

extension LineHandler where Self: ~Copyable {
  package mutating func idle(into output: inout OutputBuffer) throws {}

  package mutating func takeUnended(
    _ line: RawSpan, number: Int, into output: inout OutputBuffer
  ) throws {
    try take(line, number: number, into: &output)
  }
}

/// Where lines come from: standard input, or a file that was opened for reading.
package struct LineInput: ~Copyable {
  private let descriptor: Int32
  private var buffer = LineBuffer()

  package init(descriptor: Int32 = 0) { self.descriptor = descriptor }

  /// Brings every line to the handler until the input ends.
  ///
  /// Blank lines are skipped, a byte order mark at the start is dropped. A last line without an end is a line too;
  /// whether it was cut shows in its grammar. Output goes out when enough has gathered, and at once when
  /// nothing waits at the input, so that one event alone is not held back.
  package consuming func pump(
    _ handler: inout some LineHandler & ~Copyable, to output: inout StandardOutput
  ) throws {
    var ended = false
    while !ended {
      if !isReady(descriptor) {
        try handler.idle(into: &output.buffer)
        try output.flush()
      }
      ended = try fill() == 0
      try handLines(&handler, &output)
    }
    try handRest(&handler, &output)
  }

  private mutating func fill() throws -> Int {
    let descriptor = descriptor
    do throws(SystemError) {
      return unsafe try buffer.fill { room throws(SystemError) in
        try unsafe readSome(descriptor, into: room)
      }
    } catch {
      throw Failure(.inputOutput, "cannot read the input: \(error)")
    }
  }

  private mutating func handLines(
    _ handler: inout some LineHandler & ~Copyable, _ output: inout StandardOutput
  ) throws {
    while true {
      let found = buffer.next()
      if case .needsMore = found { return }
      try hand(found, &handler, &output)
    }
  }

  private mutating func handRest(
    _ handler: inout some LineHandler & ~Copyable, _ output: inout StandardOutput
  ) throws {
    let found = buffer.rest()
    guard case .line(let range) = found else { return try hand(found, &handler, &output) }
    let number = buffer.lineNumber
    try buffer.withLine(withoutByteOrderMark(range, number)) { line in
      guard !isBlank(line) else { return }
      try handler.takeUnended(line, number: number, into: &output.buffer)
    }
    try output.settle()
  }

  @inline(__always)
  private mutating func hand(
    _ found: LineBuffer.Found, _ handler: inout some LineHandler & ~Copyable,
    _ output: inout StandardOutput
  ) throws {
    let number = buffer.lineNumber
    switch found {
    case .needsMore: return
    case .tooLong: try handler.takeOverlong(number: number, into: &output.buffer)
    case .line(let range):
      try buffer.withLine(withoutByteOrderMark(range, number)) { line in
        guard !isBlank(line) else { return }
        try handler.take(line, number: number, into: &output.buffer)
      }
    }
    try output.settle()
  }

  @inline(__always)
  private func withoutByteOrderMark(_ range: Range<Int>, _ number: Int) -> Range<Int> {
    guard number == 1, startsWithByteOrderMark(range) else { return range }
    return range.lowerBound + 3..<range.upperBound
  }

  private func startsWithByteOrderMark(_ range: Range<Int>) -> Bool {
    buffer.withLine(range) { line in
      line.byteCount >= 3 && line.byte(at: 0) == 0xEF && line.byte(at: 1) == 0xBB
        && line.byte(at: 2) == 0xBF
    }
  }
}

@inline(__always)
private func isBlank(_ line: RawSpan) -> Bool {
  for offset in 0..<line.byteCount {
    let byte = line.byte(at: offset)
    if byte != 0x20, byte != 0x09, byte != 0x0D { return false }
  }
  return true
}
