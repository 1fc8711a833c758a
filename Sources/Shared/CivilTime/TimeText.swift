/// The text of a date-time, in place: no memory is taken to make one.
///
/// A fraction is written only where it isn't zero, without zeros at its end. The year must be one of 0001 to 9999
/// (`Instant.textRange`).
package struct TimeText: Sendable {
  /// The text's bytes, eight in a word, the first in the lowest place.
  private var words: InlineArray<5, UInt64> = .init(repeating: 0)
  package private(set) var count = 0

  /// `2026-03-29T07:00:00Z`.
  package init(_ instant: Instant) {
    append(WallTime(seconds: instant.seconds, nanoseconds: instant.nanoseconds))
    if instant.nanoseconds == 0 {
      words[2] |= (UInt64(UInt8(ascii: "Z")) << 24).littleEndian
      count = 20
    } else {
      append(UInt8(ascii: "Z"))
    }
  }

  /// `2026-03-29T09:00:00+02:00`: an instant by a clock that is `offset` seconds ahead of UTC.
  ///
  /// UTC itself is `+00:00`; an offset with seconds is `±hh:mm:ss`.
  package init(_ instant: Instant, offset: Int) {
    append(instant.wallTime(offset: offset))
    let seconds = abs(offset)
    guard instant.nanoseconds != 0 || seconds % 60 != 0 else {
      append(wholeMinutes: seconds / 60, isNegative: offset < 0)
      return
    }
    append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(twoDigits: seconds / 3600)
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds / 60 % 60)
    guard seconds % 60 != 0 else { return }
    append(UInt8(ascii: ":"))
    append(twoDigits: seconds % 60)
  }

  /// `2026-03-29T09:00:00`.
  package init(_ wall: WallTime) { append(wall) }

  /// `2026-03-29`.
  package init(_ date: CivilDate) {
    words[0] = Self.yearAndMonth(date)
    count = 8
    append(twoDigits: date.day)
  }

  /// The bytes, all of them ASCII, for the time of the call.
  @inline(__always)
  package func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
    unsafe body(words.span.bytes.extracting(first: count))
  }
}

extension TimeText: CustomStringConvertible {
  package var description: String {
    withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension TimeText {
  /// The first part of every text but a date's.
  @inline(__always)
  private mutating func append(_ wall: WallTime) {
    let dayNumber = wall.dayNumber
    let date = CivilDate(dayNumber: dayNumber)
    let second = wall.seconds - dayNumber * 86400
    words[0] = Self.yearAndMonth(date)
    words[1] =
      (Self.twoDigits(date.day) | UInt64(UInt8(ascii: "T")) << 16
      | Self.twoDigits(second / 3600) << 24 | UInt64(UInt8(ascii: ":")) << 40
      | Self.twoDigits(second / 60 % 60) << 48).littleEndian
    words[2] = (UInt64(UInt8(ascii: ":")) | Self.twoDigits(second % 60) << 8).littleEndian
    count = 19
    if wall.nanoseconds != 0 { append(fraction: wall.nanoseconds) }
  }

  /// `+02:00` behind the seconds, whose word has room for all but its last byte.
  @inline(__always)
  private mutating func append(wholeMinutes minutes: Int, isNegative: Bool) {
    let sign = isNegative ? UInt8(ascii: "-") : UInt8(ascii: "+")
    let rest = Self.twoDigits(minutes % 60)
    words[2] |=
      (UInt64(sign) << 24 | Self.twoDigits(minutes / 60) << 32 | UInt64(UInt8(ascii: ":")) << 48
      | rest << 56).littleEndian
    words[3] = (rest >> 8).littleEndian
    count = 25
  }

  /// `2026-03-`.
  @inline(__always)
  private static func yearAndMonth(_ date: CivilDate) -> UInt64 {
    precondition(date.year >= 1 && date.year <= 9999, "a year that has no text")
    let dash = UInt64(UInt8(ascii: "-"))
    return
      (twoDigits(date.year / 100) | twoDigits(date.year % 100) << 16 | dash << 32
      | twoDigits(date.month) << 40 | dash << 56).littleEndian
  }

  /// A number below 100 as two digits, the tens in the lower byte.
  @inline(__always)
  private static func twoDigits(_ value: Int) -> UInt64 {
    let tens = (value &* 103) &>> 10
    return UInt64(truncatingIfNeeded: tens | (value &- tens &* 10) &<< 8) | 0x3030
  }

  private mutating func append(fraction nanoseconds: Int) {
    append(UInt8(ascii: "."))
    var rest = nanoseconds
    var unit = 100_000_000
    while rest > 0 {
      append(UInt8(truncatingIfNeeded: rest / unit) &+ UInt8(ascii: "0"))
      rest %= unit
      unit /= 10
    }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    words[count &>> 3] |= (UInt64(byte) &<< UInt64(8 &* (count & 7))).littleEndian
    count &+= 1
  }

  @inline(__always)
  private mutating func append(twoDigits value: Int) {
    let digits = Self.twoDigits(value)
    append(UInt8(truncatingIfNeeded: digits))
    append(UInt8(truncatingIfNeeded: digits &>> 8))
  }
}
