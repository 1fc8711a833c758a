extension WallTime {
  /// Reads `2026-03-29T01:30:00` with up to nine digits of fraction and no offset, as Graph writes it.
  @inlinable
  package init?(_ text: RawSpan) {
    var end = 0
    self.init(text, end: &end)
    guard end == text.byteCount else { return nil }
  }

  package init?(_ text: String) {
    unsafe self.init(text.utf8Span.span.bytes)
  }

  /// Reads as much as is date and time; `end` says where that ends.
  @usableFromInline
  init?(_ text: RawSpan, end: inout Int) {
    // Eight bytes at a time: `2026-03-`, `29T`, `01:30:00`.
    guard text.byteCount >= 19,
      let first = DigitPairs(
        text, at: 0, digits: 0x00FF_FF00_FFFF_FFFF, like: 0x2D30_302D_3030_3030),
      let second = DigitPairs(
        text, at: 11, digits: 0xFFFF_00FF_FF00_FFFF, like: 0x3030_3A30_303A_3030),
      let day = text.twoDigits(at: 8), text.at(10) | 0x20 == UInt8(ascii: "t"),
      let date = CivilDate(year: first[0] * 100 + first[2], month: first[5], day: day),
      case let (hour, minute, second) = (second[0], second[3], second[6]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    end = 19
    guard let nanoseconds = text.fraction(&end) else { return nil }
    self.init(
      date, secondOfDay: hour * 3600 + minute * 60 + second, nanoseconds: nanoseconds)
  }
}

/// Eight bytes of text with digits in some places and fixed characters in the others.
private struct DigitPairs {
  /// In each byte, ten times its digit and the next one's.
  private let pairs: UInt64

  /// Nil when a byte is not as in `pattern`, where `0` stands for any digit; `digits` marks their places.
  @inline(__always)
  init?(_ text: RawSpan, at offset: Int, digits: UInt64, like pattern: UInt64) {
    let word = unsafe text.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    // What differs from the pattern is a digit's value, or 0 for a fixed character.
    let values = UInt64(littleEndian: word) ^ pattern
    let largest: UInt64 = 0x7F7F_7F7F_7F7F_7F7F &- (digits & 0x0909_0909_0909_0909)
    guard ((values &+ largest) | values) & 0x8080_8080_8080_8080 == 0 else { return nil }
    pairs = values &* 10 &+ values &>> 8
  }

  @inline(__always)
  subscript(_ place: Int) -> Int {
    Int(truncatingIfNeeded: pairs &>> UInt64(8 &* place) & 0xFF)
  }
}

extension CivilDate {
  /// Reads `2026-03-29`.
  package init?(_ text: String) {
    unsafe self.init(text.utf8Span.span.bytes)
  }

  package init?(_ bytes: RawSpan) {
    guard bytes.byteCount == 10, bytes.at(4) == UInt8(ascii: "-"), bytes.at(7) == UInt8(ascii: "-"),
      let century = bytes.twoDigits(at: 0), let yearOfCentury = bytes.twoDigits(at: 2),
      let month = bytes.twoDigits(at: 5), let day = bytes.twoDigits(at: 8)
    else { return nil }
    self.init(year: century * 100 + yearOfCentury, month: month, day: day)
  }
}

extension RawSpan {
  @inline(__always)
  func at(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  @inline(__always)
  func twoDigits(at offset: Int) -> Int? {
    let tens = at(offset) &- UInt8(ascii: "0")
    let ones = at(offset + 1) &- UInt8(ascii: "0")
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) &* 10 &+ Int(ones)
  }

  /// Nanoseconds from a point and one to nine digits at `offset`, which moves past them; 0 without a point.
  @inline(__always)
  fileprivate func fraction(_ offset: inout Int) -> Int? {
    guard offset < byteCount, at(offset) == UInt8(ascii: ".") else { return 0 }
    if byteCount == offset &+ 8, isSevenZeros(offset &+ 1) {
      offset &+= 8
      return 0
    }
    offset &+= 1
    var value = 0
    var scale = 1_000_000_000
    while offset < byteCount, case let digit = at(offset) &- UInt8(ascii: "0"), digit < 10 {
      guard scale > 1 else { return nil }
      scale /= 10
      value &+= Int(digit) &* scale
      offset &+= 1
    }
    return scale == 1_000_000_000 ? nil : value
  }

  /// Graph's usual fraction.
  @inline(__always)
  private func isSevenZeros(_ offset: Int) -> Bool {
    let word = unsafe unsafeLoadUnaligned(fromByteOffset: offset &- 1, as: UInt64.self)
    return UInt64(littleEndian: word) == 0x3030_3030_3030_302E
  }
}
