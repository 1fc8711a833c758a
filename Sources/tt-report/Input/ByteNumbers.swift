internal import NDJSON

/// Numbers for byte strings, as they stand in the input: what was seen once is never decoded again.
struct ByteNumbers: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var slots = [Int32](repeating: -1, count: 64)
  private var mask = 63
  private var hashes: [UInt64] = []

  var count: Int { ends.count }

  /// The number of some bytes of a line, and whether they are seen for the first time.
  @inline(__always)
  mutating func number(of line: RawSpan, _ range: Range<Int>) -> (number: Int, isNew: Bool) {
    let hash = Self.hash(line, range)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = Int(slots[slot])
      guard entry >= 0 else { break }
      if hashes[entry] == hash, isEqual(entry, line, range) { return (entry, false) }
      slot = (slot &+ 1) & mask
    }
    return (insert(line, range, hash, slot), true)
  }

  private mutating func insert(
    _ line: RawSpan, _ range: Range<Int>, _ hash: UInt64, _ slot: Int
  ) -> Int {
    let number = ends.count
    for offset in range { bytes.append(line.byte(at: offset)) }
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = Int32(number)
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  @inline(__always)
  private func isEqual(_ number: Int, _ line: RawSpan, _ range: Range<Int>) -> Bool {
    let start = number == 0 ? 0 : ends[number &- 1]
    let length = ends[number] &- start
    guard length == range.upperBound &- range.lowerBound else { return false }
    let known = unsafe bytes.span.bytes
    var offset = 0
    while offset &+ 8 <= length {
      let left = unsafe known.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start &+ offset, as: UInt64.self)
      let right = unsafe line.unsafeLoadUnaligned(
        fromUncheckedByteOffset: range.lowerBound &+ offset, as: UInt64.self)
      guard left == right else { return false }
      offset &+= 8
    }
    while offset < length {
      guard known.byte(at: start &+ offset) == line.byte(at: range.lowerBound &+ offset) else {
        return false
      }
      offset &+= 1
    }
    return true
  }

  @inline(__always)
  static func hash(_ line: RawSpan, _ range: Range<Int>) -> UInt64 {
    let length = range.upperBound &- range.lowerBound
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var offset = range.lowerBound
    while offset &+ 8 <= range.upperBound {
      let word = unsafe line.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self)
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash &>> 32
      offset &+= 8
    }
    while offset < range.upperBound {
      hash = (hash ^ UInt64(line.byte(at: offset))) &* 0xFF51_AFD7_ED55_8CCD
      offset &+= 1
    }
    return hash ^ (hash &>> 29)
  }
}
