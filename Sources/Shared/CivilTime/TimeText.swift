/// The text of a date-time, in place: no memory is taken to make one.
///
/// A fraction is written only where it isn't zero, without zeros at its end. The year must be one of 0001 to 9999
/// (`Instant.textRange`).
package struct TimeText: Sendable {
  @usableFromInline var bytes: InlineArray<40, UInt8> = .init(repeating: 0)
  package private(set) var count = 0

  /// `2026-03-29T07:00:00Z`.
  package init(_ instant: Instant) {
    append(WallTime(seconds: instant.seconds, nanoseconds: instant.nanoseconds))
    append(UInt8(ascii: "Z"))
  }

  /// `2026-03-29T09:00:00+02:00`: an instant by a clock that is `offset` seconds ahead of UTC.
  ///
  /// UTC itself is `+00:00`; an offset with seconds is `±hh:mm:ss`.
  package init(_ instant: Instant, offset: Int) {
    append(instant.wallTime(offset: offset))
    append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    let seconds = abs(offset)
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
  package init(_ date: CivilDate) { append(date) }

  /// The bytes, all of them ASCII, for the time of the call.
  @inline(__always)
  package func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
    unsafe body(bytes.span.bytes.extracting(first: count))
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
  private mutating func append(_ wall: WallTime) {
    let dayNumber = wall.dayNumber
    append(CivilDate(dayNumber: dayNumber))
    let second = wall.seconds - dayNumber * 86400
    append(UInt8(ascii: "T"))
    append(twoDigits: second / 3600)
    append(UInt8(ascii: ":"))
    append(twoDigits: second / 60 % 60)
    append(UInt8(ascii: ":"))
    append(twoDigits: second % 60)
    if wall.nanoseconds != 0 { append(fraction: wall.nanoseconds) }
  }

  private mutating func append(_ date: CivilDate) {
    precondition(date.year >= 1 && date.year <= 9999, "a year that has no text")
    append(twoDigits: date.year / 100)
    append(twoDigits: date.year % 100)
    append(UInt8(ascii: "-"))
    append(twoDigits: date.month)
    append(UInt8(ascii: "-"))
    append(twoDigits: date.day)
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
    bytes[count] = byte
    count &+= 1
  }

  @inline(__always)
  private mutating func append(twoDigits value: Int) {
    append(UInt8(truncatingIfNeeded: value / 10) &+ UInt8(ascii: "0"))
    append(UInt8(truncatingIfNeeded: value % 10) &+ UInt8(ascii: "0"))
  }
}
