/// A second of UTC, and its RFC 3339 text.
package struct UTCTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let unixSeconds: Int

  package init(unixSeconds: Int) { self.unixSeconds = unixSeconds }

  /// Midnight of a date of the proleptic Gregorian calendar, which the caller knows to exist.
  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    // Days are counted from March, so that a leap day is the last of its year.
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    unixSeconds = days * 86400 + hour * 3600 + minute * 60 + second
  }

  package static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.unixSeconds < right.unixSeconds
  }

  /// Year, month and day.
  package var date: (year: Int, month: Int, day: Int) {
    let days = Self.floorDivide(unixSeconds, 86400) + 719_468
    let era = Self.floorDivide(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// `2026-03-29T07:00:00Z`.
  package var description: String {
    let (year, month, day) = date
    let second = unixSeconds - Self.floorDivide(unixSeconds, 86400) * 86400
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    dividend >= 0 ? dividend / divisor : -((divisor - 1 - dividend) / divisor)
  }
}

extension UTCTime {
  /// Reads `2026-03-29`, or `2026-03-29T07:00:00Z` with an optional fraction, which is dropped.
  package init?(_ text: String) {
    let fields = text.utf8.split(separator: UInt8(ascii: "T"), maxSplits: 1)
    guard let first = fields.first, let date = Self.numbers(first, separator: "-", [4, 2, 2]),
      (1...12).contains(date[1]), (1...Self.days(date[0], date[1])).contains(date[2])
    else { return nil }
    guard fields.count == 2 else {
      guard text.utf8.count == 10 else { return nil }
      self.init(year: date[0], month: date[1], day: date[2])
      return
    }
    guard let last = fields[1].last, last == UInt8(ascii: "Z"),
      let time = Self.clock(fields[1].dropLast())
    else { return nil }
    self.init(
      year: date[0], month: date[1], day: date[2], hour: time[0], minute: time[1], second: time[2])
  }

  private static func clock(_ text: Substring.UTF8View) -> [Int]? {
    let parts = text.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let time = numbers(parts[0], separator: ":", [2, 2, 2]), time[0] < 24, time[1] < 60,
      time[2] <= 60
    else { return nil }
    if parts.count == 2 {
      guard !parts[1].isEmpty, parts[1].allSatisfy(isDigit) else { return nil }
    }
    return time
  }

  private static func numbers(
    _ text: Substring.UTF8View, separator: Unicode.Scalar, _ widths: [Int]
  ) -> [Int]? {
    let parts = text.split(
      separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
    guard parts.map(\.count) == widths, parts.allSatisfy({ $0.allSatisfy(isDigit) }) else {
      return nil
    }
    return parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func days(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
