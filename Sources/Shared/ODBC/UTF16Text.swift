/// Turns UTF-8 into the UTF-16 that wide drivers want, and back.
enum UTF16Text {
  /// Writes the text's units and returns their number; there must be room for one unit a byte.
  ///
  /// Bytes that are no UTF-8 become U+FFFD, as everywhere in Swift.
  static func write(_ utf8: RawSpan, to target: UnsafeMutablePointer<UInt16>) -> Int {
    let ascii = unsafe writeASCII(utf8, to: target)
    guard ascii < utf8.byteCount else { return ascii }
    var count = ascii
    unsafe utf8.extracting(ascii..<utf8.byteCount).withUnsafeBytes { rest in
      _ = unsafe transcode(
        rest.makeIterator(), from: UTF8.self, to: UTF16.self, stoppingOnError: false
      ) { unit in
        unsafe target[count] = unit
        count += 1
      }
    }
    return count
  }

  /// Copies the bytes up to the first that is not ASCII.
  private static func writeASCII(_ utf8: RawSpan, to target: UnsafeMutablePointer<UInt16>) -> Int {
    var offset = 0
    while offset + 16 <= utf8.byteCount {
      let chunk = unsafe utf8.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      guard chunk.max() < 0x80 else { break }
      unsafe UnsafeMutableRawPointer(target + offset).storeBytes(
        of: SIMD16<UInt16>(truncatingIfNeeded: chunk), as: SIMD16<UInt16>.self)
      offset += 16
    }
    while offset < utf8.byteCount {
      let byte = unsafe utf8.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      guard byte < 0x80 else { break }
      unsafe target[offset] = UInt16(byte)
      offset += 1
    }
    return offset
  }

  /// Appends the text's UTF-8; half a surrogate pair becomes U+FFFD.
  static func append(_ units: UnsafeBufferPointer<UInt16>, to utf8: inout [UInt8]) {
    var offset = 0
    while offset < units.count, case let unit = unsafe units[offset], unit < 0x80 {
      utf8.append(UInt8(truncatingIfNeeded: unit))
      offset += 1
    }
    guard offset < units.count else { return }
    let rest = unsafe UnsafeBufferPointer(rebasing: units[offset...])
    _ = unsafe transcode(
      rest.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false
    ) { utf8.append($0) }
  }
}
