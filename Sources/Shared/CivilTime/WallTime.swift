/// What a clock on a wall shows: date and time of day, in no zone yet.
///
/// Kept as the seconds that a clock in UTC would count since 1970, so that differences are plain subtraction.
@usableFromInline
package struct WallTime: Hashable, Sendable {
  @usableFromInline package var seconds: Int
  /// From 0 to 999,999,999.
  @usableFromInline package var nanoseconds: Int

  @inlinable
  package init(seconds: Int, nanoseconds: Int = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Midnight at the start of a date, or a time of that day.
  @inlinable
  package init(_ date: CivilDate, secondOfDay: Int = 0, nanoseconds: Int = 0) {
    self.init(seconds: date.dayNumber * 86400 + secondOfDay, nanoseconds: nanoseconds)
  }
}

extension WallTime: Comparable {
  @inlinable
  package static func < (left: WallTime, right: WallTime) -> Bool {
    left.seconds == right.seconds
      ? left.nanoseconds < right.nanoseconds : left.seconds < right.seconds
  }
}

extension WallTime {
  /// Days since 1970-01-01, negative before.
  @inlinable
  package var dayNumber: Int { floorDivide(seconds, 86400) }
  @inlinable
  package var secondOfDay: Int { seconds - dayNumber * 86400 }
  @inlinable
  package var date: CivilDate { CivilDate(dayNumber: dayNumber) }

  /// The point in time when a clock that is `offset` seconds ahead of UTC shows this.
  @inlinable
  package func instant(offset: Int) -> Instant {
    Instant(seconds: seconds - offset, nanoseconds: nanoseconds)
  }
}

/// The quotient rounded down, so that days before 1970 are days too.
@inlinable
package func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
