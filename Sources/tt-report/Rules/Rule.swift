/// One rule: which events it is about, and what it makes of them.
struct Rule {
  /// A name that a rule gives, and its part of the time.
  struct Portion: Equatable, Sendable {
    var name: String
    var weight: Int
  }

  var name: String
  var line: Int
  var categories: [TextPattern] = []
  var subjects: [TextPattern] = []
  var organizers: [TextPattern] = []
  var attendees: [TextPattern] = []
  var calendars: [TextPattern] = []
  var users: [TextPattern] = []
  var firstDay = Int.min
  var lastDay = Int.max

  /// Nil leaves what the event's categories say.
  var projects: [Portion]?
  var activities: [Portion]?
  var isBillable: Bool?
  /// Hundredths of the currency an hour.
  var rate: UInt32?

  /// All kinds of conditions must hold; of several patterns of one kind, one.
  func matches(_ subject: RuleSubject) -> Bool {
    guard subject.day >= firstDay, subject.day <= lastDay else { return false }
    return holds(categories, subject.categories) { $0.matches($1) }
      && holds(subjects, [subject.subject]) { $0.matches($1) }
      && holds(organizers, [subject.organizer]) { $0.matches(address: $1) }
      && holds(attendees, subject.attendees) { $0.matches(address: $1) }
      && holds(calendars, [subject.calendar]) { $0.matches($1) }
      && holds(users, [subject.mail]) { $0.matches(address: $1) }
  }

  private func holds(
    _ patterns: [TextPattern], _ texts: [String], _ match: (TextPattern, String) -> Bool
  ) -> Bool {
    patterns.isEmpty || texts.contains { text in patterns.contains { match($0, text) } }
  }
}

/// What rules look at.
struct RuleSubject {
  var categories: [String]
  var subject: String
  var organizer: String
  var attendees: [String]
  var calendar: String
  var mail: String
  /// The day on which the event begins, in the person's zone.
  var day: Int
}

/// The rules of a file, in order: the first that matches decides.
struct RuleBook {
  var rules: [Rule] = []

  var needsAttendees: Bool { rules.contains { !$0.attendees.isEmpty } }

  func rule(for subject: RuleSubject) -> Rule? { place(for: subject).map { rules[$0] } }

  /// The place of the rule that decides.
  func place(for subject: RuleSubject) -> Int? { rules.firstIndex { $0.matches(subject) } }
}

extension Catalog {
  /// What the rules, and where they are silent the categories, make of an event.
  mutating func labels(
    _ subject: RuleSubject, _ rules: RuleBook, _ meaning: CategoryNames
  ) -> Int32 {
    labels(ofCategories: subject.categories, rules.rule(for: subject), meaning)
  }

  /// What a rule, and where it is silent the categories, make of an event.
  mutating func labels(
    ofCategories names: [String], _ rule: Rule?, _ meaning: CategoryNames
  ) -> Int32 {
    let plain = labels(ofCategories: names, meaning)
    guard let rule else { return plain }
    var labels = labels[Int(plain)]
    if let projects = rule.projects { labels.projects = shares(projects, in: \.projects) }
    if let activities = rule.activities { labels.activities = shares(activities, in: \.activities) }
    if let isBillable = rule.isBillable { labels.billable = isBillable ? 0 : 1 }
    if let rate = rule.rate { labels.rate = rate }
    return number(of: labels)
  }

  private mutating func shares(
    _ portions: [Rule.Portion], in table: WritableKeyPath<Catalog, NameTable>
  ) -> [Labels.Share] {
    portions.sorted { precedes($0.name, $1.name) }.map {
      Labels.Share(name: self[keyPath: table].number(of: $0.name), weight: $0.weight)
    }
  }
}
