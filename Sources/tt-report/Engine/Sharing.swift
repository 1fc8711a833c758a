/// Shares an entry's time over its projects, then over its activities.
struct Sharing: Sendable {
  private let byProject: Bool
  private let byActivity: Bool
  private let byCategory: Bool
  private let split: HoursPlan.Split

  init(_ keys: [ReportKey], split: HoursPlan.Split) {
    byProject = keys.contains(.project)
    byActivity = keys.contains(.activity)
    byCategory = keys.contains(.category)
    self.split = split
  }

  /// Whether there is nothing to share: all time goes to the only names, or names don't matter.
  @inline(__always)
  func isPlain(_ labels: Labels) -> Bool {
    if byCategory { return labels.categories.count <= 1 }
    if byActivity { return labels.activities.count <= 1 && labels.projects.count <= 1 }
    return !byProject || labels.projects.count <= 1
  }

  /// Hands out `seconds`; an entry of no length goes to the first names.
  func share(
    _ seconds: Int, isEmpty: Bool, _ labels: Labels,
    _ give: (_ project: UInt32?, _ activity: UInt32?, _ category: UInt32?, _ seconds: Int) -> Void
  ) {
    if isEmpty {
      give(
        labels.projects.first?.name, labels.activities.first?.name, labels.categories.first?.name, 0
      )
    } else if byCategory {
      parts(of: seconds, labels.categories, isKey: true) { give(nil, nil, $0, $1) }
    } else {
      parts(of: seconds, labels.projects, isKey: byProject) { project, portion in
        parts(of: portion, labels.activities, isKey: byActivity) { give(project, $0, nil, $1) }
      }
    }
  }

  /// One round of sharing; parts of no seconds aren't given.
  private func parts(
    of seconds: Int, _ names: [Labels.Share], isKey: Bool, _ give: (UInt32?, Int) -> Void
  ) {
    guard names.count > 1 else { return give(names.first?.name, seconds) }
    switch split {
    case .first: give(names[0].name, seconds)
    case .full where isKey: names.forEach { give($0.name, seconds) }
    case .full: give(names[0].name, seconds)
    case .even:
      for (share, portion) in zip(names, names.portions(of: seconds)) where portion > 0 {
        give(share.name, portion)
      }
    }
  }
}
