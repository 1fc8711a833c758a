import Console
import HTTP
import NDJSON
import Records

/// Round after round: pages, and what they left out.
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
    if round?.writer.isTorn == true { return readUntorn(&bench) }
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
    round?.writer.finish(&bench)
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
    tornRounds = 0
  }

  /// Leaves the property empty, so that what was in it is changed in place and not copied.
  private func take(_ round: inout Round?) -> Round? {
    defer { round = nil }
    return round
  }
}
