/// A gzip member (RFC 1952) of stored blocks (RFC 1951, 3.2.4): real framing and checksum, no compression.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  result.reserveCapacity(bytes.count + bytes.count / 1000 + 64)
  var start = 0
  repeat {
    let end = min(start + 0xFFFF, bytes.count)
    let size = UInt16(end - start)
    result.append(end == bytes.count ? 1 : 0)
    appendLittleEndian(size, to: &result)
    appendLittleEndian(~size, to: &result)
    result += bytes[start..<end]
    start = end
  } while start < bytes.count
  appendLittleEndian(checksum(bytes), to: &result)
  appendLittleEndian(UInt32(truncatingIfNeeded: bytes.count), to: &result)
  return result
}

private func appendLittleEndian(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
  for shift in stride(from: 0, to: value.bitWidth, by: 8) {
    bytes.append(UInt8(truncatingIfNeeded: value >> shift))
  }
}

/// CRC-32 as gzip wants it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  // Bare pointers: this runs over every byte of every page, in builds without optimisation too.
  unsafe crcTable.withUnsafeBufferPointer { table in
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let steps = table.baseAddress, let first = buffer.baseAddress else { return 0 }
      var crc = ~UInt32(0)
      var offset = 0
      let count = bytes.count
      while offset < count {
        crc = unsafe steps[Int((crc ^ UInt32(first[offset])) & 0xFF)] ^ (crc >> 8)
        offset &+= 1
      }
      return ~crc
    }
  }
}

private let crcTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { value, _ in
    value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
  }
}
