import CivilTime
import NDJSON

extension PosixRule {
  /// Reads Graph's `customTimeZone`: a bias in minutes, positive ahead of UTC, and two days of the year.
  ///
  /// A year beside them is passed over: the only rule that is known is the best for other years too.
  init?(customTimeZone zone: JSONTree) {
    guard let bias = zone["bias"]?.integer, abs(bias) <= 26 * 60 else { return nil }
    self.init(
      standardOffset: bias * 60, daylight: Daylight(customTimeZone: zone, biasMinutes: bias))
  }
}

extension PosixRule.Daylight {
  fileprivate init?(customTimeZone zone: JSONTree, biasMinutes: Int) {
    guard let end = zone["standardOffset"], let start = zone["daylightOffset"],
      let to = YearlySwitch(graph: end), let from = YearlySwitch(graph: start),
      let daylightBias = start["daylightBias"]?.integer, abs(daylightBias) <= 24 * 60
    else { return nil }
    // Like Windows' own, this bias is what is added to local time: -60 is an hour ahead.
    self.init(offset: (biasMinutes - daylightBias) * 60, from: from, to: to)
  }
}

extension YearlySwitch {
  fileprivate init?(graph: JSONTree) {
    guard let month = graph["month"]?.integer, (1...12).contains(month),
      let place = graph["dayOccurrence"]?.integer, (1...5).contains(place),
      let weekday = graph["dayOfWeek"]?.string.flatMap(Self.weekday),
      let time = graph["time"]?.string, let wall = WallTime("1970-01-01T" + time)
    else { return nil }
    self.init(.weekday(weekday, place: place, month: month), secondOfDay: wall.secondOfDay)
  }

  private static func weekday(_ name: String) -> Int? {
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
      .firstIndex(of: name.lowercased())
  }
}
