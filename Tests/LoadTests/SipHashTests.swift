import Testing

@testable import tt_load

@Suite struct SipHashTests {
  /// The first of the reference implementation's vectors (github.com/veorq/SipHash, vectors.h), 128 bits.
  @Test(
    arguments: [
      (0, 0xe6a8_25ba_047f_81a3, 0x9302_55c7_1472_f66d),
      (1, 0x44af_996b_d8c1_87da, 0x45fc_229b_1159_7634),
    ] as [(Int, UInt64, UInt64)])
  func `the hash is that of the reference`(count: Int, low: UInt64, high: UInt64) {
    let bytes = (0..<UInt8(count)).map { $0 }
    let hash = unsafe SipHash.hash(
      bytes.span.bytes, key0: 0x0706_0504_0302_0100, key1: 0x0f0e_0d0c_0b0a_0908)
    #expect(hash == Hash128(low: low, high: high))
  }

  @Test func `every length and every byte counts`() {
    var seen: Set<Hash128> = []
    for length in 0..<70 {
      var bytes = [UInt8](repeating: 0, count: length)
      unsafe seen.insert(SipHash.hash(bytes.span.bytes))
      for index in bytes.indices {
        bytes[index] = 1
        unsafe seen.insert(SipHash.hash(bytes.span.bytes))
        bytes[index] = 0
      }
    }
    #expect(seen.count == 70 + 69 * 70 / 2)
  }
}
