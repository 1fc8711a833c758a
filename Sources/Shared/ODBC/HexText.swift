extension [UInt8] {
  /// The bytes that pairs of hexadecimal digits say, as databases write them.
  package init(hexDigits digits: [UInt8]) {
    func value(_ digit: UInt8) -> UInt8 { digit < 0x40 ? digit & 0xF : (digit & 0xF) + 9 }
    self = stride(from: 0, to: digits.count - 1, by: 2).map {
      value(digits[$0]) << 4 | value(digits[$0 + 1])
    }
  }
}
