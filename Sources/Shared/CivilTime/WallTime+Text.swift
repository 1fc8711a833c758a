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
    guard text.byteCount >= 19, text.at(4) == UInt8(ascii: "-"), text.at(7) == UInt8(ascii: "-"),
      text.at(10) | 0x20 == UInt8(ascii: "t"), text.at(13) == UInt8(ascii: ":"),
      text.at(16) == UInt8(ascii: ":")
    else { return nil }
    guard let century = text.twoDigits(at: 0), let yearOfCentury = text.twoDigits(at: 2),
      let month = text.twoDigits(at: 5), let day = text.twoDigits(at: 8),
      let date = CivilDate(year: century * 100 + yearOfCentury, month: month, day: day)
    else { return nil }
    guard let hour = text.twoDigits(at: 11), hour < 24, let minute = text.twoDigits(at: 14),
      minute < 60, let second = text.twoDigits(at: 17), second < 60
    else { return nil }
    end = 19
    guard let nanoseconds = text.fraction(&end) else { return nil }
    self.init(
      date, secondOfDay: hour * 3600 + minute * 60 + second, nanoseconds: nanoseconds)
  }
}

extension CivilDate {
  /// Reads `2026-03-29`.
  package init?(_ text: String) {
    let bytes = unsafe text.utf8Span.span.bytes
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
}
