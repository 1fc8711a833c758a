import HTTP
import Records

/// A stretch of time that one round reads; the end is exclusive.
struct Window: Hashable, Sendable {
  var start: UTCTime
  var end: UTCTime

  /// The longest window that the service accepts is 1,825 days, counted as days.
  static let longestDays = 1824

  var query: String { "startDateTime=\(start)&endDateTime=\(end)" }

  var record: RoundRecord.Window {
    RoundRecord.Window(start: start.description, end: end.description)
  }

  init(start: UTCTime, end: UTCTime) {
    self.start = start
    self.end = end
  }

  init?(_ record: RoundRecord.Window) {
    guard let start = UTCTime(record.start), let end = UTCTime(record.end), start < end else {
      return nil
    }
    self.init(start: start, end: end)
  }

  func contains(_ other: Window) -> Bool { start <= other.start && other.end <= end }

  func overlaps(_ other: Window) -> Bool { start < other.end && other.start < end }

  /// The window in two, cut at a midnight; nil when it is too short to cut.
  var halves: (Window, Window)? {
    let days = (end.unixSeconds - start.unixSeconds) / 86400
    guard days >= 2 else { return nil }
    let middle = UTCTime(unixSeconds: start.unixSeconds + days / 2 * 86400)
    return (Window(start: start, end: middle), Window(start: middle, end: end))
  }
}

/// The fixed grid on which all windows are cut, so that what was kept of a slice is good tomorrow too.
///
/// Slices are four calendar years, from years that four divides.
enum Slices {
  private static let years = 4

  /// The slices that a period touches: whole ones on open sides, cut where a side was asked for.
  static func covering(from: UTCTime?, to: UTCTime?, today: UTCTime) -> [Window] {
    let first = from ?? border(atOrBefore: shifted(today, byYears: -5))
    let last = to ?? border(atOrAfter: shifted(today, byYears: 5))
    var result: [Window] = []
    var start = first
    while start < last {
      let end = min(last, border(after: start))
      result.append(Window(start: start, end: end))
      start = end
    }
    return result
  }

  /// Whether a window is one whole slice of the grid.
  static func isWhole(_ window: Window) -> Bool {
    border(atOrBefore: window.start) == window.start && border(after: window.start) == window.end
  }

  /// Whether one slice of the grid holds both.
  static func isWithinOneSlice(_ one: Window, _ other: Window) -> Bool {
    let start = border(atOrBefore: min(one.start, other.start))
    return max(one.end, other.end) <= border(after: start)
  }

  private static func border(atOrBefore time: UTCTime) -> UTCTime {
    let year = time.date.year
    return UTCTime(year: year - year % years, month: 1, day: 1)
  }

  private static func border(after time: UTCTime) -> UTCTime {
    let year = border(atOrBefore: time).date.year
    return UTCTime(year: year + years, month: 1, day: 1)
  }

  private static func border(atOrAfter time: UTCTime) -> UTCTime {
    let before = border(atOrBefore: time)
    return before == time ? time : border(after: time)
  }

  private static func shifted(_ time: UTCTime, byYears count: Int) -> UTCTime {
    let date = time.date
    // The 29th of February has no like in other years.
    return UTCTime(year: date.year + count, month: date.month, day: min(date.day, 28))
  }
}
