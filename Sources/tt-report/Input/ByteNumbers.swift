internal import NDJSON

/// Numbers for byte strings, as they stand in the input: what was seen once is never decoded again.
struct ByteNumbers: Sendable {
  private var bytes: [UInt8] = []
  /// Where the bytes of each number begin, and where the last ones end.
  private var bounds = [0]
  private var slots = [Int32](repeating: -1, count: 64)
  private var mask = 63
  private var hashes: [UInt64] = []
  /// Most bytes are those that were asked for just before.
  private var last = -1

  var count: Int { hashes.count }

  /// The number of some bytes of a line, and whether they are seen for the first time.
  @inline(__always)
  mutating func number(of line: RawSpan, _ range: Range<Int>) -> (number: Int, isNew: Bool) {
    if last >= 0, isEqual(last, line, range) { return (last, false) }
    let hash = Self.hash(line, range)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = Int(slots[slot])
      guard entry >= 0 else { break }
      if hashes[entry] == hash, isEqual(entry, line, range) {
        last = entry
        return (entry, false)
      }
      slot = (slot &+ 1) & mask
    }
    return (insert(line, range, hash, slot), true)
  }

  private mutating func insert(
    _ line: RawSpan, _ range: Range<Int>, _ hash: UInt64, _ slot: Int
  ) -> Int {
    let number = count
    last = number
    for offset in range { bytes.append(line.byte(at: offset)) }
    bounds.append(bytes.count)
    hashes.append(hash)
    slots[slot] = Int32(number)
    if count * 2 > slots.count { grow() }
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
    let known = unsafe bytes.span.bytes.extracting(
      unchecked: Range(uncheckedBounds: (bounds[number], bounds[number &+ 1])))
    return unsafe known.isSame(as: line.extracting(unchecked: range))
  }

  /// A hash of bytes, which takes the last eight as one word even where the word before holds some of them.
  @inline(__always)
  static func hash(_ line: RawSpan, _ range: Range<Int>) -> UInt64 {
    let length = range.upperBound &- range.lowerBound
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    guard length >= 8 else { return hashOfFew(line, range, hash) }
    var offset = range.lowerBound
    let last = range.upperBound &- 8
    // Two words a round: each event's id is twenty of them.
    while offset &+ 8 < last {
      hash = mixed(mixed(hash, line, at: offset), line, at: offset &+ 8)
      offset &+= 16
    }
    if offset < last { hash = mixed(hash, line, at: offset) }
    hash = mixed(hash, line, at: last)
    return hash ^ (hash &>> 29)
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ line: RawSpan, at offset: Int) -> UInt64 {
    let word = unsafe line.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    return product ^ (product &>> 32)
  }

  private static func hashOfFew(_ line: RawSpan, _ range: Range<Int>, _ start: UInt64) -> UInt64 {
    var hash = start
    for offset in range { hash = (hash ^ UInt64(line.byte(at: offset))) &* 0xFF51_AFD7_ED55_8CCD }
    return hash ^ (hash &>> 29)
  }
}
