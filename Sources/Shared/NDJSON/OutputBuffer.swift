/// Bytes on their way out: grows as needed, is emptied by the door that writes it, and is used again.
///
/// Appending is a plain copy; nothing is ever decoded on the way.
@usableFromInline @safe package struct OutputBuffer: ~Copyable {
  @usableFromInline var base: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  /// How many bytes wait.
  package private(set) var count: Int {
    @inlinable get { used }
    set { used = newValue }
  }
  @usableFromInline var used = 0

  package init(capacity: Int = 1 << 17) {
    self.capacity = max(capacity, 64)
    unsafe base = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { unsafe base.deallocate() }

  package var isEmpty: Bool { used == 0 }

  /// The waiting bytes, for the time of the call.
  @inlinable
  package func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: used))
  }

  package mutating func removeAll() { used = 0 }

  /// Drops what was appended after `length` bytes: takes back a half-written line.
  package mutating func truncate(to length: Int) { used = min(used, max(0, length)) }

  @inlinable @inline(__always)
  package mutating func reserve(_ more: Int) {
    if more > capacity &- used { grow(more) }
  }

  @usableFromInline @inline(never)
  mutating func grow(_ more: Int) {
    let wanted = max(capacity * 2, used + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
    unsafe larger.copyMemory(from: base, byteCount: used)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = wanted
  }

  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
    used &+= 1
  }

  /// Four bytes, the lowest first.
  @inlinable @inline(__always)
  package mutating func append(littleEndian number: UInt32) {
    reserve(4)
    unsafe base.storeBytes(of: number.littleEndian, toByteOffset: used, as: UInt32.self)
    used &+= 4
  }

  @inlinable
  package mutating func append(_ bytes: RawSpan) {
    let length = bytes.byteCount
    guard length > 0 else { return }
    reserve(length)
    let target = unsafe base + used
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress {
        unsafe target.copyMemory(from: start, byteCount: length)
      }
    }
    used += length
  }

  @inlinable
  package mutating func append(_ bytes: RawSpan, _ range: Range<Int>) {
    append(bytes.extracting(range))
  }

  @inlinable
  package mutating func append(_ bytes: [UInt8]) {
    unsafe append(bytes.span.bytes)
  }

  @inlinable @inline(__always)
  package mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    unsafe (base + used).copyMemory(from: text.utf8Start, byteCount: length)
    used += length
  }

  /// The text's UTF-8 bytes as they are: for what is known to need no escape.
  package mutating func append(text: String) {
    unsafe append(text.utf8Span.span.bytes)
  }

  /// Decimal digits, with a sign where it is negative.
  @usableFromInline
  package mutating func append(integer value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var width = 1
    var limit: UInt = 10
    // Twenty digits are the most that there are.
    while rest >= limit, width < 20 {
      width &+= 1
      limit &*= 10
    }
    reserve(width)
    used &+= width
    for back in 1...width {
      let digit = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
      unsafe base.storeBytes(of: digit, toByteOffset: used &- back, as: UInt8.self)
      rest /= 10
    }
  }

  /// At least `width` digits, zeros in front.
  @inlinable
  package mutating func append(integer value: Int, width: Int) {
    var divisor = 1
    for _ in 1..<max(width, 1) { divisor *= 10 }
    guard value >= 0, value < divisor * 10 else { return append(integer: value) }
    var rest = value
    while divisor > 0 {
      append(UInt8(truncatingIfNeeded: rest / divisor) + UInt8(ascii: "0"))
      rest %= divisor
      divisor /= 10
    }
  }
}
