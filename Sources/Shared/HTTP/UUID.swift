/// A random UUID (RFC 9562, version 4), in lower case.
package func randomUUID(using generator: inout some RandomNumberGenerator) -> String {
  let high = generator.next() & ~0xF000 | 0x4000
  let low = generator.next() & ~(0b11 << 62) | 0b10 << 62
  var text: [UInt8] = []
  text.reserveCapacity(36)
  for place in 0..<32 {
    if [8, 12, 16, 20].contains(place) { text.append(UInt8(ascii: "-")) }
    let word = place < 16 ? high : low
    let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (place % 16))) & 15
    text.append(nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a"))
  }
  return String(decoding: text, as: UTF8.self)
}

package func randomUUID() -> String {
  var generator = SystemRandomNumberGenerator()
  return randomUUID(using: &generator)
}
