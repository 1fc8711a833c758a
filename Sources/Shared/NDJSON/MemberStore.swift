/// The members of one object and the table that finds them by name, in memory that is used again and again.
///
/// A look-up is open addressing over the members' positions; slots carry the number of the scan that filled them,
/// so that clearing is one addition.
@safe final class MemberStore {
  private var members: UnsafeMutablePointer<Member>
  private var capacity: Int
  private(set) var count = 0
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var generation: UInt64 = 1

  init() {
    capacity = 64
    unsafe members = .allocate(capacity: capacity)
    mask = capacity * 4 - 1
    unsafe slots = Self.emptySlots(mask + 1)
  }

  deinit {
    unsafe members.deallocate()
    unsafe slots.deallocate()
  }

  @inline(__always)
  subscript(_ index: Int) -> Member {
    precondition(index >= 0 && index < count)
    return unsafe members[index]
  }

  @inline(__always)
  func removeAll() {
    count = 0
    generation &+= 1
    if generation > UInt64(UInt32.max) { forgetGenerations() }
  }

  /// Starts counting scans anew, so that no slot of long ago looks like one of today.
  @inline(never)
  private func forgetGenerations() {
    unsafe slots.update(repeating: 0, count: mask + 1)
    generation = 1
  }

  /// The position of the member with this tag.
  @inline(__always)
  func find(_ tag: KeyTag) -> Int? {
    var slot = tag.hash & mask
    while true {
      let entry = unsafe slots[slot]
      guard entry &>> 32 == generation else { return nil }
      let index = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if unsafe members[index].key == tag { return index }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds a member; returns the position of an earlier one with the same tag, if there is any.
  @inline(__always)
  func append(_ member: Member) -> Int? {
    if count == capacity { grow() }
    var slot = member.key.hash & mask
    var twin: Int?
    while true {
      let entry = unsafe slots[slot]
      guard entry &>> 32 == generation else { break }
      let earlier = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if unsafe members[earlier].key == member.key {
        twin = earlier
        break
      }
      slot = (slot &+ 1) & mask
    }
    if twin == nil { unsafe slots[slot] = generation &<< 32 | UInt64(truncatingIfNeeded: count) }
    unsafe (members + count).initialize(to: member)
    count &+= 1
    return twin
  }

  @inline(never)
  private func grow() {
    let larger = UnsafeMutablePointer<Member>.allocate(capacity: capacity * 2)
    unsafe larger.initialize(from: members, count: count)
    unsafe members.deallocate()
    unsafe members = larger
    capacity *= 2
    mask = capacity * 4 - 1
    unsafe slots.deallocate()
    unsafe slots = Self.emptySlots(mask + 1)
    for index in 0..<count {
      var slot = unsafe members[index].key.hash & mask
      while unsafe slots[slot] != 0 { slot = (slot &+ 1) & mask }
      unsafe slots[slot] = generation &<< 32 | UInt64(index)
    }
  }

  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    unsafe slots.initialize(repeating: 0, count: count)
    return unsafe slots
  }
}
