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
  func rounds(_ calendar: CalendarName, _ states: [StateRecord]) -> [RoundPlan] {
    let kept = states.compactMap { state -> (window: Window, link: String)? in
      guard state.key.calendar == calendar.text, let link = state.deltaLink,
        let window = Window(state.window)
      else { return nil }
      return (window, link)
    }
    return windows(kept.map(\.window)).flatMap { wanted -> [RoundPlan] in
      if mode == .full {
        // Parts that the window was once cut into are void now.
        let parts = kept.filter { $0.window != wanted && wanted.contains($0.window) }
        return [plan(calendar, wanted, .plainView)]
          + parts.map { plan(calendar, $0.window, .retire) }
      }
      let parts = Self.tiling(of: wanted, kept)
      guard !parts.isEmpty else { return [plan(calendar, wanted, .initialDelta)] }
      return parts.map { plan(calendar, $0.window, .resume($0.link)) }
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

  /// The kept windows that make up a wanted one: itself, or parts that it was once cut into.
  private static func tiling(
    of wanted: Window, _ kept: [(window: Window, link: String)]
  ) -> [(window: Window, link: String)] {
    if let same = kept.last(where: { $0.window == wanted }) { return [same] }
    var result: [(window: Window, link: String)] = []
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
