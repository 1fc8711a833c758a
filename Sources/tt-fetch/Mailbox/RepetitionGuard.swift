import NDJSON

/// Notices pages that repeat for ever: on some mailboxes the service gives new links and old rows without end.
struct RepetitionGuard: Sendable {
  /// Pages in a row that brought nothing new.
  private var stalePages = 0
  private var emptyPages = 0
  private var seen: Set<UInt64> = []
  /// What the page under way holds.
  private var page: [UInt64] = []

  mutating func note(_ bytes: RawSpan, id: Value, etag: Value? = nil) {
    var hash = Self.mix(bytes, id.range, 0xCBF2_9CE4_8422_2325)
    if let etag { hash = Self.mix(bytes, etag.range, hash) }
    page.append(hash)
  }

  /// The page turned out to be none: it will come again.
  mutating func forgetPage() { page.removeAll(keepingCapacity: true) }

  /// Whether the round goes in circles; to be asked once a page.
  mutating func pageRepeats() -> Bool {
    defer { forgetPage() }
    guard !page.isEmpty else {
      emptyPages += 1
      return emptyPages >= 200
    }
    emptyPages = 0
    var hasNews = false
    for hash in page where seen.insert(hash).inserted { hasNews = true }
    stalePages = hasNews ? 0 : stalePages + 1
    return stalePages >= 2
  }

  private static func mix(_ bytes: RawSpan, _ range: Range<Int>, _ start: UInt64) -> UInt64 {
    var hash = start
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      let word = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
      offset += 8
    }
    while offset < range.upperBound {
      hash = (hash ^ UInt64(bytes.byte(at: offset))) &* 0x0000_0100_0000_01B3
      offset += 1
    }
    return hash
  }
}
