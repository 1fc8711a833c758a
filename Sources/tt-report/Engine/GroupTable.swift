/// Sums by key: open addressing over rows whose keys are a few numbers each.
struct GroupTable: Sendable {
  struct Row: Sendable {
    var seconds = 0
    var roundedSeconds = 0
    /// What the entry that is being counted has in this row so far.
    var pending = 0
    var entries: Int32 = 0
    /// The entry that was counted here last, so that each counts once.
    var lastEntry: Int32 = 0
    /// The row of the table with one key less.
    var parent: Int32 = 0

    /// Counts an entry; whether it is new here.
    @inline(__always)
    mutating func isFirst(ofEntry number: Int32) -> Bool {
      guard lastEntry != number else { return false }
      lastEntry = number
      entries &+= 1
      return true
    }

    /// Adds time of an entry; whether the entry is new here.
    @inline(__always)
    mutating func add(_ time: Int, ofEntry number: Int32) -> Bool {
      let isFirst = isFirst(ofEntry: number)
      if isFirst { pending = 0 }
      seconds &+= time
      pending &+= time
      return isFirst
    }
  }

  let width: Int
  private(set) var keys: [UInt32] = []
  var rows: [Row] = []
  private var slots: [Int32]
  private var mask: Int

  init(width: Int) {
    self.width = width
    slots = [Int32](repeating: -1, count: 256)
    mask = 255
  }

  /// The row of a key, of which the first `width` numbers count, and whether it is new.
  @inline(__always)
  mutating func row(_ key: [UInt32]) -> (index: Int, isNew: Bool) {
    var slot = hash(key, 0) & mask
    while true {
      let entry = Int(slots[slot])
      guard entry >= 0 else { break }
      if isEqual(key, entry) { return (entry, false) }
      slot = (slot &+ 1) & mask
    }
    return (insert(key, slot), true)
  }

  private mutating func insert(_ key: [UInt32], _ slot: Int) -> Int {
    let index = rows.count
    rows.append(Row())
    for place in 0..<width { keys.append(key[place]) }
    slots[slot] = Int32(index)
    if rows.count * 2 > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    mask = slots.count - 1
    for index in rows.indices {
      var slot = hash(keys, index * width) & mask
      while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
      slots[slot] = Int32(index)
    }
  }

  @inline(__always)
  private func hash(_ key: [UInt32], _ start: Int) -> Int {
    var hash: UInt64 = 0
    for place in 0..<width {
      hash = (hash ^ UInt64(key[start &+ place])) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
    }
    return Int(truncatingIfNeeded: hash &>> 20)
  }

  @inline(__always)
  private func isEqual(_ key: [UInt32], _ index: Int) -> Bool {
    let start = index &* width
    for place in 0..<width where keys[start &+ place] != key[place] { return false }
    return true
  }
}
