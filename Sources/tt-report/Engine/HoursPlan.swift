/// Every rule of a report, settled: what the options and their defaults come to.
struct HoursPlan: Sendable {
  /// What becomes of all-day events.
  enum AllDay: Equatable, Sendable {
    case skip
    /// The real length of their days.
    case span
    /// So many seconds a date.
    case seconds(Int)
  }

  /// How an entry with several projects or activities is split among them.
  enum Split: String, CaseIterable, Sendable { case even, full, first }

  /// What becomes of time that several entries of one person claim.
  enum Overlap: String, CaseIterable, Sendable { case count, share, once }

  /// Which values of `showAs` count.
  enum ShowAs: Equatable, Sendable {
    case allButFree, all
    case only(Set<String>)

    func contains(_ value: String) -> Bool {
      switch self {
      case .allButFree: value != "free"
      case .all: true
      case .only(let values): values.contains(value)
      }
    }
  }

  /// The first and the last day, each person's own.
  var days: ClosedRange<Int>
  var weekStart = WeekStart.monday
  var allDay = AllDay.skip
  var showAs = ShowAs.allButFree
  var split = Split.even
  var overlap = Overlap.count
  var rounding: Rounding?
  var onlyProjects = false
  /// Whether an entry across midnight is cut there.
  var splitsDays = true

  init(days: ClosedRange<Int>) { self.days = days }
}
