/// The members of one object and the table that finds them by name, in memory that is used again and again.
///
/// A look-up is open addressing over the members' positions; slots carry the number of the scan that filled them,
/// so that clearing is one addition. As the objects of a stream mostly have the same names in the same order, the
/// table of the last object serves the next as long as it does.
@safe final class MemberStore {
  private var members: UnsafeMutablePointer<Member>
  private var tokens: UnsafeMutablePointer<KeyToken>
  private var capacity: Int
  private(set) var count = 0
  /// How many members, from the first on, the table knows.
  private var known = 0
  /// How many members, from the first on, have tokens to compare with.
  private var comparable = 0
  /// Whether the names of this object have been those of the last one so far.
  private var isFollowing = false
  private var lastCount = 0
  /// Whether the last object was read to its end and had no name twice.
  private var isSound = false
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var generation: UInt64 = 1

  init() {
    capacity = 64
    unsafe members = .allocate(capacity: capacity)
    unsafe tokens = .allocate(capacity: capacity)
    mask = capacity * 4 - 1
    unsafe slots = Self.emptySlots(mask + 1)
  }

  deinit {
    unsafe members.deallocate()
    unsafe tokens.deallocate()
    unsafe slots.deallocate()
  }

  @inline(__always)
  subscript(_ index: Int) -> Member {
    precondition(index >= 0 && index < count)
    return unsafe members[index]
  }

  /// Begins an object.
  @inline(__always)
  func begin() {
    lastCount = count
    count = 0
    isFollowing = isSound
    isSound = false
    if !isFollowing { forget() }
  }

  /// Whether this object has the names of the last one, in the same order and no others.
  var isRepetition: Bool { isFollowing && count == lastCount }

  /// A number that changes with the names of the objects, or their order.
  private(set) var shape = 0

  /// Ends an object that is right: the next one may follow it.
  @inline(__always)
  func end() {
    isSound = true
    if !isRepetition { shape &+= 1 }
  }

  /// Reads members as long as their names are the last object's, in its order, and leaves the cursor behind them.
  ///
  /// - Parameter cursor: stands at the object's brace.
  @inline(__always)
  func follow(_ bytes: RawSpan, _ cursor: inout JSONCursor) throws(JSONFault) {
    let (members, tokens, comparable) = unsafe (members, tokens, comparable)
    var place = 0
    while place < comparable, unsafe KeyToken.matches(tokens + place, bytes, at: cursor.offset) {
      unsafe members[place].keyStart = cursor.offset &+ 1
      cursor.advance(unsafe tokens[place].length)
      unsafe members[place].value = try cursor.value(bytes, depth: 1)
      place &+= 1
    }
    count = place
  }

  /// Empties the table.
  private func forget() {
    known = 0
    comparable = 0
    generation &+= 1
    if generation > UInt64(UInt32.max) { forgetGenerations() }
  }

  /// Puts into the table what this object has so far, as its next name is another than the last object's.
  @inline(never)
  private func leave() {
    isFollowing = false
    guard count < known else { return }
    let kept = (count, min(comparable, count))
    forget()
    for index in 0..<kept.0 {
      var slot = unsafe members[index].key.hash & mask
      while unsafe slots[slot] &>> 32 == generation { slot = (slot &+ 1) & mask }
      unsafe slots[slot] = generation &<< 32 | UInt64(truncatingIfNeeded: index)
    }
    (known, comparable) = kept
  }

  /// Starts counting scans anew, so that no slot of long ago looks like one of today.
  @inline(never)
  private func forgetGenerations() {
    unsafe slots.update(repeating: 0, count: mask + 1)
    generation = 1
  }

  /// The position of the member with this name.
  @inline(__always)
  func find(_ name: MemberName) -> Int? {
    var slot = name.hash & mask
    while true {
      let entry = unsafe slots[slot]
      guard entry &>> 32 == generation else { return nil }
      let index = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      if unsafe members[index].key == name.tag { return index < count ? index : nil }
      slot = (slot &+ 1) & mask
    }
  }

  /// The value of the member at a position, if there is one and it has this name.
  @inline(__always)
  func value(of name: MemberName, at index: Int) -> Value? {
    guard unsafe index < count && members[index].key == name.tag else { return nil }
    return unsafe members[index].value
  }

  /// Adds a member whose name is not the last object's at this place; returns the position of an earlier one
  /// with the same tag, if there is any.
  @inline(__always)
  func append(_ member: Member, _ token: KeyToken) -> Int? {
    if isFollowing { leave() }
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
    if comparable == count, token.length > 0 {
      unsafe (tokens + count).initialize(to: token)
      comparable &+= 1
    }
    count &+= 1
    known = count
    return twin
  }

  @inline(never)
  private func grow() {
    let larger = UnsafeMutablePointer<Member>.allocate(capacity: capacity * 2)
    unsafe larger.initialize(from: members, count: count)
    unsafe members.deallocate()
    unsafe members = larger
    let moreTokens = UnsafeMutablePointer<KeyToken>.allocate(capacity: capacity * 2)
    unsafe moreTokens.initialize(from: tokens, count: comparable)
    unsafe tokens.deallocate()
    unsafe tokens = moreTokens
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
