/// The rule at the end of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX, 8.3).
struct YearlyRule: Sendable {
  private var standardOffset: Int
  private var daylight: (offset: Int, starts: Moment, ends: Moment)?

  /// The nth weekday of a month, and seconds after its midnight.
  private struct Moment: Sendable {
    let month: Int
    let week: Int
    let weekday: Int
    let seconds: Int

    init?(_ text: Substring) {
      let parts = text.split(separator: "/")
      let fields = parts.first?.dropFirst().split(separator: ".").compactMap { Int($0) } ?? []
      guard text.hasPrefix("M"), fields.count == 3 else { return nil }
      (month, week, weekday) = (fields[0], fields[1], fields[2])
      seconds = parts.count == 2 ? clockSeconds(parts[1]) : 7200
    }

    func wall(in year: Int) -> Int {
      let first = CivilDay(year, month, 1)
      var day = first + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
      while day.parts.month != month { day = day + -7 }
      return day.midnight + seconds
    }
  }

  init?(posix text: String) {
    let parts = text.split(separator: ",")
    guard var names = parts.first else { return nil }
    guard let standard = takeOffset(&names) else { return nil }
    standardOffset = -standard
    guard !names.isEmpty else { return }
    guard parts.count == 3, let starts = Moment(parts[1]), let ends = Moment(parts[2]) else {
      return nil
    }
    let offset = takeOffset(&names).map { -$0 } ?? standardOffset + 3600
    daylight = (offset, starts, ends)
  }

  /// The year's two changes, ascending; none where the clocks stay.
  func changes(in year: Int) -> [(at: Int, offset: Int)] {
    guard let daylight else { return [] }
    let changes = [
      (at: daylight.starts.wall(in: year) - standardOffset, offset: daylight.offset),
      (at: daylight.ends.wall(in: year) - daylight.offset, offset: standardOffset),
    ]
    return changes.sorted { $0.at < $1.at }
  }
}

/// Skips a zone's name and takes the offset behind it; nil when there is none.
private func takeOffset(_ text: inout Substring) -> Int? {
  if text.first == "<" {
    text = text.drop { $0 != ">" }.dropFirst()
  } else {
    text = text.drop { $0.isLetter }
  }
  let digits = text.prefix { !$0.isLetter && $0 != "<" }
  text = text.dropFirst(digits.count)
  return digits.isEmpty ? nil : clockSeconds(digits)
}

/// Seconds of `3`, `-1`, `+5:30`, `26:00:00`.
private func clockSeconds(_ text: Substring) -> Int {
  let fields = text.drop { $0 == "-" || $0 == "+" }.split(separator: ":").map { Int($0) ?? 0 }
  let seconds = zip(fields, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
  return text.hasPrefix("-") ? -seconds : seconds
}
