internal import NDJSON

extension WorkingHours {
  private static let names = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The `workingHours` of a mailbox; nil where days or times are missing or make no sense.
  init?(_ settings: JSONTree) {
    guard let start = Self.second(settings["startTime"]), let end = Self.second(settings["endTime"])
    else { return nil }
    let days = settings["daysOfWeek"]?.array.compactMap(\.string) ?? []
    weekdays = Set(days.compactMap { Self.names.firstIndex(of: $0.lowercased()).map { $0 + 1 } })
    guard !weekdays.isEmpty else { return nil }
    self.start = start
    self.end = end
  }

  /// `08:30:00.0000000` as seconds since midnight.
  private static func second(_ text: JSONTree?) -> Int? {
    let parts = text?.string?.prefix(8).split(separator: ":").map { Int($0) } ?? []
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      (0...24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }
}
