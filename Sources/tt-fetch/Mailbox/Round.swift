import HTTP
import Records

/// A round under way.
struct Round: Sendable {
  let plan: RoundPlan
  let key: CalendarKey
  let startedAt: UTCTime
  var writer: RoundWriter

  init(_ plan: RoundPlan, _ person: UserRecord, _ rules: EventRules, startedAt: UTCTime) {
    self.plan = plan
    key = CalendarKey(user: person.id, calendar: plan.calendar.text)
    self.startedAt = startedAt
    writer = RoundWriter(key, mail: person.address, isDelta: plan.isDelta, rules)
  }

  func record(mail: String?, deltaLink: String?, finishedAt: UTCTime) -> RoundRecord {
    RoundRecord(
      key: key, mail: mail, mode: plan.mode, window: plan.window.record, counts: writer.counts,
      deltaLink: deltaLink, startedAt: startedAt.description, finishedAt: finishedAt.description)
  }
}

extension UserRecord {
  /// How people know the mailbox.
  var address: String? { mail ?? userPrincipalName }
}

extension RoundPlan {
  /// The address that the round begins with, or the link that it resumes.
  func start(_ graph: Graph, _ user: String) -> String? {
    switch source {
    case .resume(let link): link
    case .initialDelta: graph.delta(user, calendar, window)
    case .plainView: graph.view(user, calendar, window, pageSize: pageSize)
    case .retire: nil
    }
  }

  private static let pageSizes = [200, 1000]

  /// What to do instead, since the service goes in circles: bigger pages, then smaller windows, then the plain view.
  ///
  /// None when nothing is left to try.
  func remedies(_ mode: ReadingRules.Mode) -> [RoundPlan] {
    guard isDelta else { return [] }
    var next = self
    next.source = .initialDelta
    if let larger = Self.pageSizes.first(where: { $0 > pageSize }) {
      next.pageSize = larger
      return [next]
    }
    if cuts == 0, let halves = window.halves {
      return [next.cut(to: halves.0), next.cut(to: halves.1), retired]
    }
    guard mode != .delta else { return [] }
    next.source = .plainView
    return [next]
  }

  private func cut(to part: Window) -> RoundPlan {
    var plan = self
    plan.window = part
    plan.cuts += 1
    return plan
  }

  private var retired: RoundPlan {
    var plan = self
    plan.source = .retire
    return plan
  }
}
