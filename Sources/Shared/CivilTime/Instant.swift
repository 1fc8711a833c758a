/// A point in time: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted, and nanoseconds on top.
@usableFromInline
package struct Instant: Hashable, Sendable {
  @usableFromInline package var seconds: Int
  /// From 0 to 999,999,999, also before 1970.
  @usableFromInline package var nanoseconds: Int

  @inlinable
  package init(seconds: Int, nanoseconds: Int = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The first and the last whole second that RFC 3339 text of the years 0001 to 9999 can name.
  package static let textRange = -62_135_596_800...253_402_300_799
}

extension Instant: Comparable {
  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds == right.seconds
      ? left.nanoseconds < right.nanoseconds : left.seconds < right.seconds
  }
}

extension Instant {
  /// What a clock shows that is this many seconds ahead of UTC.
  @inlinable
  package func wallTime(offset: Int) -> WallTime {
    WallTime(seconds: seconds + offset, nanoseconds: nanoseconds)
  }
}
