/// Finds a member by its name: open addressing over the positions of one object's members.
///
/// Slots carry the number of the scan that filled them, so that clearing the table is one addition.
struct MemberTable {
  private var slots: [UInt64]
  private var generation: UInt64 = 1
  private var mask: Int

  init() {
    slots = Array(repeating: 0, count: 256)
    mask = 255
  }

  mutating func removeAll() { generation += 1 }

  /// The position of the member with this tag.
  @inline(__always)
  func find(_ tag: KeyTag, in members: [Member]) -> Int? {
    var slot = tag.hash & mask
    while true {
      let entry = slots[slot]
      guard entry &>> 32 == generation else { return nil }
      let index = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if members[index].key == tag { return index }
      slot = (slot &+ 1) & mask
    }
  }

  /// Notes that the member at `index` has this tag; returns an earlier one with the same tag, if any.
  @inline(__always)
  mutating func insert(_ tag: KeyTag, at index: Int, in members: [Member]) -> Int? {
    if index &* 2 > mask { grow(members) }
    var slot = tag.hash & mask
    while true {
      let entry = slots[slot]
      guard entry &>> 32 == generation else { break }
      let earlier = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if members[earlier].key == tag { return earlier }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = generation &<< 32 | UInt64(index)
    return nil
  }

  private mutating func grow(_ members: [Member]) {
    slots = Array(repeating: 0, count: slots.count * 2)
    mask = slots.count - 1
    for (index, member) in members.enumerated() {
      var slot = member.key.hash & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = generation &<< 32 | UInt64(index)
    }
  }
}
