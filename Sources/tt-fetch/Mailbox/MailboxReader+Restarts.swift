import Console
import HTTP
import Records

/// Rounds that begin anew, in one shape or another.
extension MailboxReader {
  /// In a row, for one window: three sizes of pages, halves, the plain view, and the service's moods.
  private static let restartLimit = 10

  /// The service has forgotten the link: the window, and no other, is read whole.
  mutating func readAnew(_ bench: inout Workbench) -> Action {
    guard var plan = round?.plan else { return finish() }
    plan.source = .initialDelta
    return replace(with: [plan], &bench)
  }

  /// A page made no sense halfway: the round begins again after a while.
  mutating func startOver(_ reason: String, _ bench: inout Workbench) -> Action {
    guard let plan = round?.plan else { return finish() }
    let wait = askAgain(reason, &bench)
    guard case .wait = wait else { return wait }
    let first = replace(with: [plan], &bench)
    guard case .send = first else { return first }
    return wait
  }

  /// A page of changes without a link says neither how to go on nor that all was told.
  mutating func askForEnd(_ bench: inout Workbench) -> Action {
    endlessPages += 1
    let reason = "the page names neither a next one nor the end of the round"
    guard endlessPages >= 3, rules.mode != .delta, let plan = round?.plan else {
      return askAgain(reason, &bench)
    }
    endlessPages = 0
    return readPlainly(plan, reason, &bench)
  }

  /// Somebody changes a series while it is read; what was written of it before may be of no occurrence any more.
  mutating func readUntorn(_ bench: inout Workbench) -> Action {
    guard let plan = round?.plan else { return finish() }
    tornRounds += 1
    guard tornRounds > 1, rules.mode != .delta else { return replace(with: [plan], &bench) }
    tornRounds = 0
    return readPlainly(plan, "a series changes while it is read", &bench)
  }

  private mutating func readPlainly(
    _ plan: RoundPlan, _ reason: String, _ bench: inout Workbench
  ) -> Action {
    var plain = plan
    plain.source = .plainView
    return reshape(into: [plain], reason, &bench)
  }

  /// What to do in place of a round that the service refuses; nil when there is nothing.
  mutating func refuseRound(_ fault: GraphFault, _ bench: inout Workbench) -> Action? {
    guard let plan = round?.plan, !fault.saysNoMailbox else { return nil }
    if plan.calendar != .primary, fault.status == 404 { return skipCalendar(plan, &bench) }
    let isRedirect = fault.status.map { (300..<400).contains($0) } ?? true
    guard [.config, .noMailbox, .data].contains(fault.class), !isRedirect else { return nil }
    switch plan.source {
    case .resume where fault.class != .data: return readAnew(&bench)
    case .initialDelta where rules.mode != .delta && !hasAnswered:
      return readPlainly(plan, "the service doesn't tell changes (\(fault.code))", &bench)
    default: return nil
    }
  }

  /// The calendar was deleted since it was listed.
  private mutating func skipCalendar(_ plan: RoundPlan, _ bench: inout Workbench) -> Action {
    plans.removeAll { $0.calendar == plan.calendar }
    return replace(with: [], &bench)
  }

  /// A gateway that gives up time and again may manage bigger pages, or a smaller window.
  mutating func reshaped(after event: Event, _ bench: inout Workbench) -> Action? {
    guard case .answer(let response) = event, response.status == 504, case .round = step else {
      if case .answer = event { gatewayTimeouts = 0 }
      return nil
    }
    gatewayTimeouts += 1
    guard gatewayTimeouts >= 3, response.headers["Retry-After"] == nil,
      let remedies = round?.plan.remedies(.delta), !remedies.isEmpty
    else { return nil }
    gatewayTimeouts = 0
    attempt.spend(bench.moment)
    return reshape(into: remedies, "the service took too long for a page", &bench)
  }

  /// Pages repeat for ever.
  mutating func breakCircle(_ bench: inout Workbench) -> Action {
    let remedies = round?.plan.remedies(rules.mode) ?? []
    guard !remedies.isEmpty else {
      let fault = GraphFault(
        .data, code: "endlessPaging", message: "the service repeats the same pages for ever")
      return fail(fault, &bench)
    }
    return reshape(into: remedies, "the service repeated the same pages for ever", &bench)
  }

  private mutating func reshape(
    into remedies: [RoundPlan], _ reason: String, _ bench: inout Workbench
  ) -> Action {
    notes.append("\(reason): \(remedies[0].description)")
    attempt.forgetFailures()
    return replace(with: remedies, &bench)
  }

  /// Takes back what the round has written, and makes these in its place.
  private mutating func replace(with next: [RoundPlan], _ bench: inout Workbench) -> Action {
    restarts += 1
    guard let round, restarts <= Self.restartLimit else {
      let fault = GraphFault(
        .transient, code: "tooManyRestarts", message: "the round had to begin again too often")
      return fail(fault, &bench)
    }
    if round.writer.hasWritten { RestartRecord(key: round.key).write(to: &bench.output.buffer) }
    self.round = nil
    plans.insert(contentsOf: next, at: 0)
    return startRound(&bench)
  }
}

extension RoundPlan: CustomStringConvertible {
  /// What a note says of a remedy.
  var description: String {
    switch source {
    case .plainView: "reading the plain view of \(window.start) to \(window.end)"
    default:
      cuts > 0
        ? "reading the window in two halves" : "asking for pages of \(pageSize)"
    }
  }
}
