/// A random UUID (RFC 9562, version 4), in lower case.
package func randomUUID(using generator: inout some RandomNumberGenerator) -> String {
  let high = generator.next() & ~0xF000 | 0x4000
  let low = generator.next() & ~(0b11 << 62) | 0b10 << 62
  let digits = Array(hexadecimal(high) + hexadecimal(low))
  let groups = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
  return groups.map { String($0) }.joined(separator: "-")
}

package func randomUUID() -> String {
  var generator = SystemRandomNumberGenerator()
  return randomUUID(using: &generator)
}

private func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
