import HTTP
import NDJSON
import Records

/// Reads one mailbox: settings, categories, then round after round.
///
/// It takes an event and says what to do next; it touches nothing but the output it is given. It asks for one thing
/// at a time, and tells what it will ask for next.
struct MailboxReader: Sendable {
  enum Step: Sendable {
    case settings, categories, calendars
    case round
    /// A round waits for this event, mostly a master, and then for these.
    case missing(String, rest: [String], RoundWriter.Result)
    case done
  }

  var person: UserRecord
  let rules: ReadingRules
  let graph: Graph
  let states: [StateRecord]
  var step = Step.settings
  var attempt: Attempt
  var plans: [RoundPlan] = []
  var round: Round?
  /// Calendars that are still to be planned, in reading order.
  var calendarNames: [CalendarName] = []

  /// Why the mailbox couldn't be read whole.
  var fault: GraphFault?
  /// What a person should know, though nothing failed.
  var notes: [String] = []
  var roundCount = 0
  var eventCount = 0
  /// How often a round had to begin again.
  var restarts = 0
  /// 504s in a row to the same request.
  var gatewayTimeouts = 0
  /// Settings or lists of categories that made no sense.
  var unusableAnswers = 0
  /// Pages in a row that had neither a next page nor an end.
  var endlessPages = 0
  /// Rounds in a row that told one series in two ways.
  var tornRounds = 0
  /// Whether the mailbox has shown any of its events.
  var hasAnswered = false
  /// For the list of categories, and then of calendars.
  var repetition = RepetitionGuard()
  /// What was read whole in this run: it is not retired by a plan that was made before.
  var readPlans: [RoundPlan] = []
  /// Why calendars besides the primary one couldn't be read.
  var calendarFaults: [GraphFault] = []

  /// What a batch has asked for this mailbox already.
  var answers: SettingsBatch.Answers

  init(
    _ person: UserRecord, _ rules: ReadingRules, _ graph: Graph, states: [StateRecord],
    answers: SettingsBatch.Answers = SettingsBatch.Answers()
  ) {
    self.answers = answers
    self.person = person
    self.rules = rules
    self.graph = graph
    self.states = states
    attempt = Attempt(budgetSeconds: rules.retrySeconds)
    if rules.subject == .categories { step = .categories }
  }

  /// What to do after an event.
  mutating func next(_ event: Event, _ bench: inout Workbench) -> Action {
    if case .start = event { return begin(&bench) }
    return reshaped(after: event, &bench) ?? follow(attempt.take(event, bench.moment), &bench)
  }

  private mutating func begin(_ bench: inout Workbench) -> Action {
    guard rules.subject == .events else { return ask(graph.categories(person.id)) }
    if rules.calendars == .primary { plans = rules.rounds(.primary, states) }
    return ask(graph.settings(person.id), answered: answers.settings, &bench)
  }

  /// Asks, unless the answer is there already.
  mutating func ask(
    _ url: String, answered response: Response?, _ bench: inout Workbench
  ) -> Action {
    let action = ask(url)
    guard let response else { return action }
    answers = SettingsBatch.Answers(
      settings: nil, categories: url == graph.settings(person.id) ? answers.categories : nil)
    return follow(attempt.take(.answer(response), bench.moment), &bench)
  }

  mutating func follow(_ outcome: Attempt.Outcome, _ bench: inout Workbench) -> Action {
    switch outcome {
    case .act(let action): action
    case .failed(let fault): fail(fault, &bench)
    case .answered(let response): take(response, &bench)
    }
  }

  mutating func ask(_ url: String, pageSize: Int? = nil) -> Action {
    attempt.begin(request(url, pageSize: pageSize))
  }

  func request(_ url: String, pageSize: Int? = nil) -> Request {
    Request(.get, url, headers: rules.preferences.headers(pageSize: pageSize))
  }

  /// Asks for a link that an answer gave; only this endpoint may see the token.
  mutating func ask(
    link: String, pageSize: Int? = nil, _ bench: inout Workbench
  ) -> Action {
    guard let link = graph.followable(link) else {
      let fault = GraphFault(
        .data, code: "foreignLink", message: "a link leads away from the Graph endpoint")
      return fail(fault, &bench)
    }
    return ask(link, pageSize: pageSize)
  }
}
