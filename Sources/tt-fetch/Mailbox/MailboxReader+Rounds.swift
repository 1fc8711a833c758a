import Console
import HTTP
import NDJSON
import Records

/// Round after round: pages, masters, new starts.
extension MailboxReader {
  mutating func startRound(_ bench: inout Workbench) -> Action {
    while !plans.isEmpty {
      let plan = resumable(plans.removeFirst())
      if plan.source == .retire, hasRead(plan) { continue }
      let round = Round(plan, person, rules.events, startedAt: bench.now)
      self.round = round
      step = .round
      if let start = plan.start(graph, person.id) {
        return ask(link: start, pageSize: plan.isDelta ? plan.pageSize : nil, &bench)
      }
      finishRound(deltaLink: nil, &bench)
    }
    return finish()
  }

  private func hasRead(_ plan: RoundPlan) -> Bool {
    readPlans.contains { $0.window == plan.window && $0.calendar == plan.calendar }
  }

  /// A link kept from another endpoint is of no use here: the window is read whole.
  private mutating func resumable(_ plan: RoundPlan) -> RoundPlan {
    guard case .resume(let link) = plan.source, graph.followable(link) == nil else { return plan }
    notes.append("a kept state is of another endpoint: its window is read whole")
    var plan = plan
    plan.source = .initialDelta
    return plan
  }

  mutating func takePage(_ body: RawSpan, _ bench: inout Workbench) -> Action {
    guard var round = take(&self.round) else { return finish() }
    do {
      let result = try round.writer.take(body, &bench)
      self.round = round
      endlessPages = 0
      hasAnswered = true
      return follow(result, &bench)
    } catch RoundWriter.Fault.unreadable(let reason) {
      self.round = round
      return askAgain(reason, &bench)
    } catch RoundWriter.Fault.noEnd {
      self.round = round
      return askForEnd(&bench)
    } catch {
      self.round = round
      return startOver("\(error)", &bench)
    }
  }

  /// What comes after a page: what it left out, the next page, or the end of the round.
  private mutating func follow(
    _ result: RoundWriter.Result, _ bench: inout Workbench
  ) -> Action {
    if let id = round?.writer.hopeless {
      let limit = LineBuffer.lengthLimit >> 20
      let fault = GraphFault(
        .data, code: "overlongEvent",
        message: "the event \(id) is longer than \(limit) MiB, even without its body")
      return fail(fault, &bench)
    }
    if result.isRepeating { return breakCircle(&bench) }
    if let id = result.missing.first {
      let rest = Array(result.missing.dropFirst())
      var after = result
      after.missing = []
      step = .missing(id, rest: rest, after)
      return ask(graph.event(person.id, id))
    }
    step = .round
    if let next = result.nextLink {
      let size = round.map { $0.plan.isDelta ? $0.plan.pageSize : nil } ?? nil
      return ask(link: next, pageSize: size, &bench)
    }
    finishRound(deltaLink: keepable(result.deltaLink), &bench)
    return startRound(&bench)
  }

  /// A link that leads elsewhere is never followed, so there is no use in keeping it.
  private mutating func keepable(_ link: String?) -> String? {
    guard let link, graph.followable(link) == nil else { return link }
    notes.append("the service ended a round with a link to elsewhere: it is read whole next time")
    return nil
  }

  mutating func takeMissing(
    _ body: RawSpan?, _ id: String, _ rest: [String], _ result: RoundWriter.Result,
    _ bench: inout Workbench
  ) -> Action {
    guard var round = take(&self.round) else { return finish() }
    do {
      try round.writer.take(missing: body, id: id, &bench)
      self.round = round
    } catch {
      self.round = round
      return askAgain("\(error)", &bench)
    }
    var result = result
    result.missing = rest
    return follow(result, &bench)
  }

  private mutating func finishRound(deltaLink: String?, _ bench: inout Workbench) {
    guard let round else { return }
    round.record(mail: person.address, deltaLink: deltaLink, finishedAt: bench.now)
      .write(to: &bench.output.buffer)
    for id in round.writer.overlong {
      let limit = LineBuffer.lengthLimit >> 20
      notes.append("the body of event \(id) is left out: its line would be over \(limit) MiB")
    }
    if round.plan.source != .retire { readPlans.append(round.plan) }
    roundCount += 1
    eventCount += round.writer.counts.event
    self.round = nil
    restarts = 0
  }

  /// Leaves the property empty, so that what was in it is changed in place and not copied.
  private func take(_ round: inout Round?) -> Round? {
    defer { round = nil }
    return round
  }
}

// MARK: New starts

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
  private mutating func startOver(_ reason: String, _ bench: inout Workbench) -> Action {
    guard let plan = round?.plan else { return finish() }
    let first = replace(with: [plan], &bench)
    guard case .send = first else { return first }
    return askAgain(reason, &bench)
  }

  /// A page of changes without a link says neither how to go on nor that all was told.
  private mutating func askForEnd(_ bench: inout Workbench) -> Action {
    endlessPages += 1
    let reason = "the page names neither a next one nor the end of the round"
    guard endlessPages >= 3, rules.mode != .delta, let plan = round?.plan else {
      return askAgain(reason, &bench)
    }
    endlessPages = 0
    return readPlainly(plan, reason, &bench)
  }

  private mutating func readPlainly(
    _ plan: RoundPlan, _ reason: String, _ bench: inout Workbench
  ) -> Action {
    var plain = plan
    plain.source = .plainView
    notes.append("\(reason): \(plain.description)")
    return replace(with: [plain], &bench)
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
    notes.append("the service took too long for a page: \(remedies[0].description)")
    return replace(with: remedies, &bench)
  }

  /// Pages repeat for ever.
  private mutating func breakCircle(_ bench: inout Workbench) -> Action {
    let remedies = round?.plan.remedies(rules.mode) ?? []
    guard !remedies.isEmpty else {
      let fault = GraphFault(
        .data, code: "endlessPaging", message: "the service repeats the same pages for ever")
      return fail(fault, &bench)
    }
    notes.append("the service repeated the same pages for ever: \(remedies[0].description)")
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
