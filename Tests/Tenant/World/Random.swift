/// Numbers that follow from a seed alone (SplitMix64).
struct SeededRandom: Sendable {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// A stream of its own for each thing named.
  init(_ seed: Int, _ names: String...) {
    state = mixed(names.joined(separator: "\u{1F}"), UInt64(bitPattern: Int64(seed)))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// True once in `times` calls, on average.
  mutating func once(in times: Int) -> Bool { next() % UInt64(times) == 0 }

  /// 0 up to 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[integer(0...elements.count - 1)]
  }
}

/// FNV-1a, started from a seed and mixed at the end.
func mixed(_ text: String, _ seed: UInt64 = 0) -> UInt64 {
  var bits: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
  for byte in text.utf8 { bits = (bits ^ UInt64(byte)) &* 0x100_0000_01B3 }
  var mixer = SeededRandom(bits)
  return mixer.next()
}

/// A GUID that follows from the names.
func guid(_ seed: Int, _ names: String...) -> String {
  let name = names.joined(separator: "\u{1F}")
  let high = mixed(name, UInt64(bitPattern: Int64(seed)))
  let digits = Array(hex(high, digits: 16) + hex(mixed(name, high), digits: 16))
  let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
  return
    "\(groups[0])-\(groups[1])-4\(groups[2].dropFirst())-a\(groups[3].dropFirst())-\(groups[4])"
}
