internal import CivilTime
internal import NDJSON
internal import ODBC
internal import Records

extension RawSpan {
  /// The text that stands there; one behind a byte that UTF-8 doesn't know is in hexadecimal digits.
  func string(_ range: Range<Int>) -> String {
    guard range.isEmpty || byte(at: range.lowerBound) != 0xFE else {
      let digits = Array(copying: self, range.dropFirst())
      return String(decoding: [UInt8](hexDigits: digits), as: UTF8.self)
    }
    return unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Whether just these bytes stand there.
  @inline(__always)
  func holds(_ word: StaticString, _ range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<range.count {
      guard unsafe byte(at: range.lowerBound &+ index) == word.utf8Start[index] else {
        return false
      }
    }
    return true
  }
}

extension WallTime {
  /// `2026-03-29 07:00:00` as databases write it, where RFC 3339 has a `T`; a fraction is dropped.
  @inline(__always)
  init?(databaseText bytes: RawSpan, _ range: Range<Int>) {
    guard range.count >= 19 else { return nil }
    let start = range.lowerBound
    guard let century = bytes.pair(start), let year = bytes.pair(start &+ 2),
      let month = bytes.pair(start &+ 5), let day = bytes.pair(start &+ 8),
      let hour = bytes.pair(start &+ 11), hour < 24, let minute = bytes.pair(start &+ 14),
      minute < 60, let second = bytes.pair(start &+ 17), second < 60,
      let date = CivilDate(year: century &* 100 &+ year, month: month, day: day)
    else { return nil }
    self.init(date, secondOfDay: hour &* 3600 &+ minute &* 60 &+ second)
  }
}

extension RawSpan {
  /// The number of two decimal digits.
  @inline(__always)
  fileprivate func pair(_ offset: Int) -> Int? {
    let tens = byte(at: offset) &- UInt8(ascii: "0")
    let ones = byte(at: offset &+ 1) &- UInt8(ascii: "0")
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) &* 10 &+ Int(ones)
  }
}
