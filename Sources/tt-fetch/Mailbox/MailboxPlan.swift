import Records

/// What is to be read of mailboxes, the same for all.
struct ReadingRules: Sendable {
  enum Mode: String, CaseIterable, Sendable {
    /// What changed where a state allows it, else everything.
    case auto
    /// Everything, by the plain view, whatever the state.
    case full
    /// Like auto, but never by the plain view.
    case delta
  }

  enum Calendars: String, CaseIterable, Sendable { case primary, all }

  enum Subject: Sendable { case events, categories, people }

  var subject: Subject = .events
  var mode: Mode = .auto
  var calendars: Calendars = .primary
  var slices: [Window] = []
  /// Whether the slices are the default ones: then older ones that were kept are read on.
  var isDefaultPeriod = true
  var events = EventRules()
  var preferences: Preferences { Preferences(body: events.body) }
  var retrySeconds = 300.0
  var pageSize = 50
}

/// One round that is to be made.
struct RoundPlan: Equatable, Sendable {
  enum Source: Equatable, Sendable {
    /// Changes since a link.
    case resume(String)
    /// Everything, as the first round of changes.
    case initialDelta
    case plainView
    /// Nothing: says that this window is not kept any more, since others take its place.
    case retire
  }

  var calendar: CalendarName
  var window: Window
  var source: Source
  var pageSize: Int
  /// How often the window was cut in two because the service went in circles.
  var cuts = 0

  var mode: RoundRecord.Mode {
    if case .resume = source { return .delta }
    return .full
  }

  var isDelta: Bool { source != .plainView && source != .retire }
}

extension ReadingRules {
  /// The rounds that one calendar needs, oldest window first.
  ///
  /// Windows that were kept and overlap are never left as they are, since an event stays as long as one of them
  /// holds it: they are read on, or retired once another window has taken their place. One of which there are changes
  /// alone is read like a kept one, but in full.
  func rounds(_ calendar: CalendarName, _ states: [StateRecord]) -> [RoundPlan] {
    let kept = states.compactMap { state -> Kept? in
      guard state.key.calendar == calendar.text, let window = Window(state.window) else {
        return nil
      }
      return Kept(
        window: window, link: state.isUnfounded ? nil : state.deltaLink,
        isClosed: state.deltaLink == nil && state.mode == .full)
    }
    var plans: [RoundPlan] = []
    for wanted in windows(kept.filter { !$0.isClosed }.map(\.window)) {
      for part in cover(wanted, kept) where !plans.contains(where: { $0.window == part.window }) {
        plans.append(plan(calendar, part.window, source(part)))
      }
    }
    return plans + leftovers(calendar, kept, plans)
  }

  /// A window that an earlier run has read.
  private struct Kept {
    let window: Window
    /// Where to go on; nil when it has to be read in full.
    var link: String?
    /// It was read by the plain view or retired: nothing goes on, but it may hold events.
    var isClosed = false
  }

  private func source(_ kept: Kept) -> RoundPlan.Source {
    if mode == .full { return .plainView }
    return kept.link.map { .resume($0) } ?? .initialDelta
  }

  /// What to read for a wanted window: what was kept of it, a kept window around it, or itself.
  private func cover(_ wanted: Window, _ kept: [Kept]) -> [Kept] {
    let open = kept.filter { !$0.isClosed }
    if let same = open.last(where: { $0.window == wanted }) { return [same] }
    let parts = mode == .full ? [] : Self.tiling(of: wanted, open)
    if !parts.isEmpty { return parts }
    if let around = open.last(where: { $0.window.contains(wanted) }) { return [around] }
    return [Kept(window: Self.union(of: wanted, open.map(\.window)))]
  }

  /// The wanted window together with those kept that it cuts.
  ///
  /// They are read as one, so that they don't grow in number when the period moves from day to day. All lie between
  /// the same borders of the grid.
  private static func union(of wanted: Window, _ kept: [Window]) -> Window {
    var result = wanted
    for other in kept.sorted(by: { $0.start < $1.start }) + kept
    where other.overlaps(result) && Slices.isWithinOneSlice(result, other) {
      result = Window(start: min(result.start, other.start), end: max(result.end, other.end))
    }
    return result
  }

  /// Kept windows that the planned ones overlap.
  private func leftovers(
    _ calendar: CalendarName, _ kept: [Kept], _ plans: [RoundPlan]
  ) -> [RoundPlan] {
    kept.compactMap { other in
      guard plans.allSatisfy({ $0.window != other.window }) else { return nil }
      if plans.contains(where: { $0.window.contains(other.window) }) {
        return plan(calendar, other.window, .retire)
      }
      guard !other.isClosed, plans.contains(where: { $0.window.overlaps(other.window) }) else {
        return nil
      }
      return plan(calendar, other.window, source(other))
    }
  }

  private func plan(
    _ calendar: CalendarName, _ window: Window, _ source: RoundPlan.Source
  ) -> RoundPlan {
    RoundPlan(calendar: calendar, window: window, source: source, pageSize: pageSize)
  }

  /// The wanted slices, after those that time has left behind but that are kept.
  private func windows(_ kept: [Window]) -> [Window] {
    guard isDefaultPeriod, let first = slices.first else { return slices }
    let old = Set(kept.filter { Slices.isWhole($0) && $0.end <= first.start })
    return old.sorted { $0.start < $1.start } + slices
  }

  /// The kept windows that together make up a wanted one, as when it was once cut into parts.
  private static func tiling(of wanted: Window, _ kept: [Kept]) -> [Kept] {
    var result: [Kept] = []
    var start = wanted.start
    while start < wanted.end {
      guard
        let next = kept.last(where: { $0.window.start == start && $0.window.end <= wanted.end })
      else { return [] }
      result.append(next)
      start = next.window.end
    }
    return result
  }
}
