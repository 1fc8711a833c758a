import Console
import HTTP
import NDJSON
import Records

/// What an answer means, step by step.
extension MailboxReader {
  mutating func take(_ response: Response, _ bench: inout Workbench) -> Action {
    guard response.isSuccess else { return refuse(GraphFault(response), &bench) }
    let body = unsafe response.body.span.bytes
    switch step {
    case .settings: return takeSettings(body, &bench)
    case .categories: return takeCategories(body, &bench)
    case .calendars: return takeCalendars(body, &bench)
    case .round: return takePage(body, &bench)
    case .missing(let id, let rest, let result):
      return takeMissing(body, id, rest, result, &bench)
    case .done: return .finish
    }
  }

  /// An answer that says no, for good.
  private mutating func refuse(_ fault: GraphFault, _ bench: inout Workbench) -> Action {
    switch step {
    // Events are what counts: whether there are any, the calendar alone decides.
    case .settings where !fault.endsMailbox:
      unusableAnswers = 0
      notes.append("\(Self.refusal(fault)) mailbox settings: people's time zones are unknown")
      return finishSettings(&bench)
    case .categories where !fault.endsMailbox && rules.subject == .events:
      notes.append("\(Self.refusal(fault)) master categories")
      return planCalendars(&bench)
    case .missing(let id, let rest, let result) where isDispensable(fault):
      return takeMissing(nil, id, rest, result, &bench)
    case .round where fault.isStale, .missing where fault.isStale:
      return readAnew(&bench)
    case .round:
      return refuseRound(fault, &bench) ?? fail(fault, &bench)
    default: return fail(fault, &bench)
    }
  }

  /// Whether the round can do without what is missing: it is gone, or the plain view has shown its occurrences.
  private func isDispensable(_ fault: GraphFault) -> Bool {
    switch fault.class {
    case .noMailbox: !fault.saysNoMailbox
    case .denied, .config, .data: round?.plan.isDelta == false
    default: false
    }
  }

  private static func refusal(_ fault: GraphFault) -> String {
    fault.class == .denied ? "no right to read" : "the service doesn't give (\(fault.code))"
  }

  mutating func fail(_ fault: GraphFault, _ bench: inout Workbench) -> Action {
    var fault = fault
    // A mailbox that has just answered is there.
    if hasAnswered, fault.class == .noMailbox { fault.class = .data }
    write(fault, &bench)
    if let plan = round?.plan, plan.calendar != .primary, fault.class != .auth {
      return giveUpCalendar(plan, fault, &bench)
    }
    self.fault = fault
    step = .done
    return .finish
  }

  /// The other calendars of the mailbox are read all the same.
  private mutating func giveUpCalendar(
    _ plan: RoundPlan, _ fault: GraphFault, _ bench: inout Workbench
  ) -> Action {
    calendarFaults.append(fault)
    plans.removeAll { $0.calendar == plan.calendar }
    round = nil
    restarts = 0
    return startRound(&bench)
  }

  func write(_ fault: GraphFault, _ bench: inout Workbench) {
    ErrorRecord(
      tool: "tt-fetch", user: person.id, mail: person.address,
      calendar: round?.key.calendar, code: fault.code, message: fault.message,
      class: fault.class, httpStatus: fault.status, requestId: fault.requestId
    ).write(to: &bench.output.buffer)
  }

  /// Asks again for what came, since it makes no sense; what only adorns the events is done without in the end.
  mutating func askAgain(_ reason: String, _ bench: inout Workbench) -> Action {
    guard isDecoration else {
      return follow(attempt.retryUnusable(reason, bench.moment), &bench)
    }
    unusableAnswers += 1
    if unusableAnswers < 3, case .act(let action) = attempt.retryUnusable(reason, bench.moment) {
      return action
    }
    return refuse(GraphFault(.data, code: "unusableAnswer", message: reason), &bench)
  }

  /// Whether what is asked for only adorns the events: nobody waits long for that.
  private var isDecoration: Bool {
    switch step {
    case .settings: true
    case .categories: rules.subject == .events
    default: false
    }
  }
}
