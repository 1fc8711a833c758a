internal import NDJSON

/// The entries of a period that a stream has said so far, each event once: the last word about it counts.
///
/// 36 bytes an entry of the period, and a hash table of four-byte numbers that is at most half full.
struct WaitingEntries: Sendable {
  /// An entry made of 32-bit parts, so that none of its room is lost.
  private struct Packed: Sendable {
    var hashLow: UInt32
    var hashHigh: UInt32
    var startLow: UInt32
    /// The other half of the start, and behind it the flags.
    var startHighAndFlags: UInt32
    var length: UInt32
    var person: Int32
    var zone: Int32
    var origin: Int32
    var showAs: Int32
  }

  private static let chunkBits = 12
  private static let chunkSize = 1 << chunkBits
  /// Stands for the person of an event that is no entry of the period any more.
  private static let gone: Int32 = -1

  private var chunks: [[Packed]] = []
  private var places = [Int32](repeating: -1, count: 1 << 10)
  private var count = 0
  /// What few entries have, by number: ends that 32 bits don't reach, organizers, ids.
  private var ends: [Int: Int] = [:]
  private var organizers: [Int32] = []
  private var ids: [[UInt8]] = []

  /// The number of an event's entry, if one waits.
  @inline(__always)
  func number(of hash: UInt64) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & (places.count &- 1)
    while places[place] >= 0 {
      let number = Int(places[place])
      if self.hash(number) == hash { return number }
      place = (place &+ 1) & (places.count &- 1)
    }
    return nil
  }

  /// Keeps an entry; its `labels` are whatever number the caller finds them by later.
  @inline(__always)
  mutating func append(_ entry: Entry, _ hash: UInt64, organizer: Int32?, id: [UInt8]?) {
    if count & (Self.chunkSize - 1) == 0 {
      chunks.append([])
      chunks[chunks.count &- 1].reserveCapacity(Self.chunkSize)
    }
    chunks[chunks.count &- 1].append(packed(entry, hash, count))
    if let organizer { organizers.append(organizer) }
    if let id { ids.append(id) }
    insert(count, hash)
    count &+= 1
    if count &* 2 > places.count { grow() }
  }

  mutating func replace(_ number: Int, with entry: Entry, _ hash: UInt64, organizer: Int32?) {
    ends[number] = nil
    let entry = packed(entry, hash, number)
    chunks[number >> Self.chunkBits][number & (Self.chunkSize - 1)] = entry
    if let organizer { organizers[number] = organizer }
  }

  mutating func remove(_ number: Int) {
    chunks[number >> Self.chunkBits][number & (Self.chunkSize - 1)].person = Self.gone
  }

  /// Hands out every entry in the order in which events came first; what was handed out is forgotten.
  mutating func drain(_ take: (Entry, [UInt8]) -> Void) {
    places = []
    for chunk in chunks.indices {
      for (offset, packed) in chunks[chunk].enumerated() where packed.person != Self.gone {
        let number = chunk << Self.chunkBits | offset
        take(entry(packed, number), ids.isEmpty ? [] : ids[number])
      }
      chunks[chunk] = []
    }
  }
}

extension WaitingEntries {
  @inline(__always)
  private mutating func packed(_ entry: Entry, _ hash: UInt64, _ number: Int) -> Packed {
    let length = entry.end &- entry.start
    if length > Int(UInt32.max) { ends[number] = entry.end }
    return Packed(
      hashLow: UInt32(truncatingIfNeeded: hash), hashHigh: UInt32(truncatingIfNeeded: hash &>> 32),
      startLow: UInt32(truncatingIfNeeded: entry.start),
      startHighAndFlags: UInt32(truncatingIfNeeded: entry.start &>> 32) &<< 8
        | UInt32(entry.flags.rawValue),
      length: UInt32(truncatingIfNeeded: length), person: entry.person, zone: entry.zone,
      origin: entry.labels, showAs: entry.showAs)
  }

  private func entry(_ packed: Packed, _ number: Int) -> Entry {
    // The shift brings the sign back.
    let high = Int(Int32(bitPattern: packed.startHighAndFlags) >> 8)
    let start = high << 32 | Int(packed.startLow)
    return Entry(
      start: start, end: ends[number] ?? start + Int(packed.length), person: packed.person,
      zone: packed.zone, labels: packed.origin, showAs: packed.showAs,
      organizer: organizers.isEmpty ? 0 : organizers[number],
      flags: Entry.Flags(rawValue: UInt8(truncatingIfNeeded: packed.startHighAndFlags)))
  }

  @inline(__always)
  private func hash(_ number: Int) -> UInt64 {
    let packed = chunks[number &>> Self.chunkBits][number & (Self.chunkSize &- 1)]
    return UInt64(packed.hashHigh) &<< 32 | UInt64(packed.hashLow)
  }

  @inline(__always)
  private mutating func insert(_ number: Int, _ hash: UInt64) {
    var place = Int(truncatingIfNeeded: hash) & (places.count &- 1)
    while places[place] >= 0 { place = (place &+ 1) & (places.count &- 1) }
    places[place] = Int32(truncatingIfNeeded: number)
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    for number in 0..<count { insert(number, hash(number)) }
  }
}
