/// A period as somebody closed it: its days, and the options that made its entries count.
struct ClosedPeriod: Equatable, Sendable {
  /// Files of version 1 keep neither who pays nor rates.
  static let versions = 1...2

  var version = ClosedPeriod.versions.upperBound
  /// First and last day.
  var from: String
  var to: String
  /// Options of tt-report that say whose entries count, and how.
  var options: [String]
  /// The text of the file of rules, if there was one.
  var rules: String?

  var keepsMoney: Bool { version > 1 }
}

/// An entry of a closed period, with each row that it had in the report by day, project, activity, billable and rate.
struct ClosedEntry: Equatable, Sendable {
  struct Part: Equatable, Sendable {
    var day: String
    var project: String
    var activity: String
    /// `yes` or `no`, where a rule says.
    var billable: String?
    /// Money an hour, with two decimals, where a rule says.
    var rate: String?
    var seconds: Int
    /// With rounding of entries.
    var roundedSeconds: Int?

    var shownSeconds: Int { roundedSeconds ?? seconds }
  }

  var user: String
  var id: String
  var start: String
  var end: String
  var subject: String
  var parts: [Part]

  var shownSeconds: Int { parts.reduce(0) { $0 + $1.shownSeconds } }
}

/// What became of one entry of a closed period.
struct ClosedChange: Equatable, Sendable {
  enum Kind: String, Sendable { case added, removed, changed }

  var kind: Kind
  var entry: ClosedEntry
  /// What of it is other than it was, in words.
  var what: [String]
  var secondsBefore: Int
  var secondsNow: Int
}

extension ClosedChange {
  /// What is other now than it was, of the entries of one name, in order of time.
  static func changes(_ before: [ClosedEntry], _ now: [ClosedEntry]) -> [ClosedChange] {
    let old = Dictionary(grouping: before, by: \.id)
    let new = Dictionary(grouping: now, by: \.id)
    let changes = Set(old.keys).union(new.keys).flatMap { id in
      Self.changes(old[id] ?? [], ofSameID: new[id] ?? [])
    }
    return changes.sorted { $0.entry.isBefore($1.entry) }
  }

  /// Entries that have none are told apart by what they say.
  private static func changes(
    _ before: [ClosedEntry], ofSameID after: [ClosedEntry]
  ) -> [ClosedChange] {
    var gone = before
    var new: [ClosedEntry] = []
    for entry in after {
      if let place = gone.firstIndex(of: entry) {
        gone.remove(at: place)
      } else {
        new.append(entry)
      }
    }
    var changes: [ClosedChange] = []
    while let was = gone.first, let entry = new.first, !was.id.isEmpty {
      changes.append(
        ClosedChange(
          kind: .changed, entry: entry, what: was.differences(entry),
          secondsBefore: was.shownSeconds, secondsNow: entry.shownSeconds))
      gone.removeFirst()
      new.removeFirst()
    }
    changes += gone.map {
      ClosedChange(
        kind: .removed, entry: $0, what: [], secondsBefore: $0.shownSeconds, secondsNow: 0)
    }
    return changes
      + new.map {
        ClosedChange(
          kind: .added, entry: $0, what: [], secondsBefore: 0, secondsNow: $0.shownSeconds)
      }
  }
}

extension ClosedEntry {
  func isBefore(_ other: ClosedEntry) -> Bool {
    for (left, right) in [(user, other.user), (start, other.start), (id, other.id)]
    where left != right {
      return precedes(left, right)
    }
    return false
  }

  fileprivate func differences(_ now: ClosedEntry) -> [String] {
    var words: [String] = []
    if start != now.start || end != now.end { words.append("time") }
    if subject != now.subject { words.append("subject") }
    if differs(now, in: \.project) { words.append("project") }
    if differs(now, in: \.activity) { words.append("activity") }
    if differs(now, in: \.billable) { words.append("billable") }
    if differs(now, in: \.rate) { words.append("rate") }
    if shownSeconds != now.shownSeconds { words.append("hours") }
    return words.isEmpty ? ["shares"] : words
  }

  private func differs(_ now: ClosedEntry, in member: (Part) -> some Hashable) -> Bool {
    Set(parts.map(member)) != Set(now.parts.map(member))
  }
}
