/// How long a server asks to be left alone.
package enum RetryAfter {
  /// Seconds from a `Retry-After` header: an integer, a decimal, or an HTTP date (RFC 9110, 10.2.3).
  ///
  /// A date is measured against the answer's own `Date` where there is one, so that a wrong clock here does no harm.
  package static func seconds(_ headers: Headers, now: UTCTime) -> Double? {
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = decimal(text) { return min(seconds, limit) }
    guard let then = httpDate(text) else { return nil }
    let reference = headers["Date"].flatMap(httpDate) ?? now
    return min(Double(max(0, then.unixSeconds - reference.unixSeconds)), limit)
  }

  /// Nobody waits longer than a year, and no arithmetic overflows.
  private static let limit = 31_536_000.0

  private static func decimal(_ text: String) -> Double? {
    let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, first >= 0x30, first <= 0x39,
      digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(digits)
  }

  /// The three forms of a date that RFC 9110, 5.6.7 asks recipients to take, in any case.
  package static func httpDate(_ text: String) -> UTCTime? {
    let words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "-" }
    // Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT; Sun Nov  6 08:49:37 1994
    guard words.count >= 5 else { return nil }
    if let day = Int(words[1]), words.count == 6, ["gmt", "utc"].contains(words[5]) {
      return time(day, words[2], words[3], words[4])
    }
    guard let day = Int(words[2]), words.count == 5 else { return nil }
    return time(day, words[1], words[4], words[3])
  }

  private static func time(
    _ day: Int, _ monthName: Substring, _ yearText: Substring, _ clock: Substring
  ) -> UTCTime? {
    let parts = clock.split(separator: ":").map { Int($0) ?? -1 }
    guard let month = months.firstIndex(where: { $0 == monthName }), var year = Int(yearText),
      (1...31).contains(day), parts.count == 3, (0...23).contains(parts[0]),
      (0...59).contains(parts[1]), (0...60).contains(parts[2])
    else { return nil }
    if yearText.count == 2 { year += year < 70 ? 2000 : 1900 }
    return UTCTime(
      year: year, month: month + 1, day: day, hour: parts[0], minute: parts[1], second: parts[2])
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}
