/// One event as the engine sees it; texts are numbers of the `Catalog`.
struct Entry: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let seriesMaster = Flags(rawValue: 1)
    static let cancelled = Flags(rawValue: 2)
    static let declined = Flags(rawValue: 4)
    static let allDay = Flags(rawValue: 8)
  }

  /// Seconds since 1970 in UTC; of an all-day event, the numbers of its first day and of the day after.
  var start: Int
  var end: Int
  var person: Int32
  var zone: Int32
  var labels: Int32
  var showAs: Int32
  var organizer: Int32 = 0
  var flags: Flags = []

  var isAllDay: Bool { flags.contains(.allDay) }
}
