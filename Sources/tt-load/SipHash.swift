/// SipHash-2-4 with 128 bits of result (Aumasson, Bernstein: "SipHash: a fast short-input PRF").
///
/// It names ids in memory and tells whether an event's content is another than the stored one. The key is fixed,
/// since results are stored.
struct SipHash {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  static func hash(
    _ bytes: RawSpan, key0: UInt64 = 0x7474_2D6C_6F61_6431, key1: UInt64 = 0x6361_6C65_6E64_6172
  ) -> Hash128 {
    var state = SipHash(key0, key1)
    var offset = 0
    while offset &+ 8 <= bytes.byteCount {
      let word = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self)
      state.absorb(UInt64(littleEndian: word))
      offset &+= 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.byteCount) &<< 56
    var shift: UInt64 = 0
    while offset < bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      last |= UInt64(byte) &<< shift
      shift &+= 8
      offset &+= 1
    }
    state.absorb(last)
    return state.result()
  }

  private init(_ key0: UInt64, _ key1: UInt64) {
    v0 = 0x736f_6d65_7073_6575 ^ key0
    v1 = 0x646f_7261_6e64_6f6d ^ key1 ^ 0xEE
    v2 = 0x6c79_6765_6e65_7261 ^ key0
    v3 = 0x7465_6462_7974_6573 ^ key1
  }

  @inline(__always)
  private mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  private mutating func result() -> Hash128 {
    v2 ^= 0xEE
    for _ in 0..<4 { round() }
    let low = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    for _ in 0..<4 { round() }
    return Hash128(low: low, high: v0 ^ v1 ^ v2 ^ v3)
  }

  @inline(__always)
  private mutating func round() {
    v0 = v0 &+ v1
    v1 = rotated(v1, 13) ^ v0
    v0 = rotated(v0, 32)
    v2 = v2 &+ v3
    v3 = rotated(v3, 16) ^ v2
    v0 = v0 &+ v3
    v3 = rotated(v3, 21) ^ v0
    v2 = v2 &+ v1
    v1 = rotated(v1, 17) ^ v2
    v2 = rotated(v2, 32)
  }

  @inline(__always)
  private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }
}

/// 128 bits that stand for a text: two texts with the same never meet in practice.
struct Hash128: Hashable, Sendable {
  let low: UInt64
  let high: UInt64

  /// Stands for "no text".
  static let none = Hash128(low: 0, high: 0)
}
