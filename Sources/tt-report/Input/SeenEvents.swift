internal import NDJSON

/// Remembers which events came by: the service sends some twice, and slices of a window share those on their border.
///
/// Eight bytes an event, in a table that is at most half full.
struct SeenEvents: Sendable {
  private var slots = [UInt64](repeating: 0, count: 1 << 10)
  private var count = 0

  /// Notes a person's event; false when it was there before.
  @inline(__always)
  mutating func insert(_ line: RawSpan, _ id: Range<Int>, person: Int32) -> Bool {
    let salt = UInt64(truncatingIfNeeded: person) &* 0x9E37_79B9_7F4A_7C15
    // Zero marks a free slot.
    let hash = max(1, ByteNumbers.hash(line, id) ^ salt)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    slots[slot] = hash
    count &+= 1
    if count &* 2 > slots.count { grow() }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = hash
    }
  }
}
