internal import CivilTime

/// A second of UTC, and its RFC 3339 text.
package struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let unixSeconds: Int

  package init(unixSeconds: Int) { self.unixSeconds = unixSeconds }

  /// A time of a date that the caller knows to exist; of one that doesn't, the start of 1970.
  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    let days = CivilDate(year: year, month: month, day: day)?.dayNumber ?? 0
    unixSeconds = days * 86400 + hour * 3600 + minute * 60 + second
  }

  /// Reads `2026-03-29`, or `2026-03-29T07:00:00Z` with an optional fraction, which is dropped.
  package init?(_ text: String) {
    if let date = CivilDate(text) {
      unixSeconds = date.dayNumber * 86400
    } else if text.last == "Z", let instant = Instant(text) {
      unixSeconds = instant.seconds
    } else {
      return nil
    }
  }

  package static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.unixSeconds < right.unixSeconds
  }

  /// Year, month and day.
  package var date: (year: Int, month: Int, day: Int) {
    let date = Instant(seconds: unixSeconds).wallTime(offset: 0).date
    return (date.year, date.month, date.day)
  }

  /// `2026-03-29T07:00:00Z`.
  package var description: String {
    TimeText(Instant(seconds: unixSeconds)).description
  }
}
