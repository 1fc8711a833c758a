/// What the rows of a report are told apart by.
enum ReportKey: String, CaseIterable, Sendable {
  case user, project, activity, category
  case day, week, month, quarter, year, weekday, hour
  case organizer, billable, rate
  case showAs = "show-as"

  /// Whether an entry is cut at day borders so that each part finds its own row.
  var isTime: Bool {
    switch self {
    case .day, .week, .month, .quarter, .year, .weekday, .hour: true
    default: false
    }
  }

  /// The name of the member or column in formats for machines.
  var memberName: String { self == .showAs ? "showAs" : rawValue }

  /// The heading of a column that people read.
  var title: String {
    switch self {
    case .showAs: "Shown as"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}

/// How finely the keys of a report need time to be cut.
enum Grain: Int, Comparable, Sendable {
  case whole, day, hour

  static func < (left: Grain, right: Grain) -> Bool { left.rawValue < right.rawValue }

  init(of keys: [ReportKey]) {
    if keys.contains(.hour) {
      self = .hour
    } else {
      self = keys.contains(where: \.isTime) ? .day : .whole
    }
  }
}
