import HTTP
import Records

/// What happens to a reader.
enum Event: Sendable {
  case start
  case answer(Response)
  case failure(TransportError)
  /// What the reader asked for (a wait, a new token) is done.
  case resumed
}

/// What a reader wants done; the engine does it and comes back with an event.
enum Action: Equatable, Sendable {
  case send(Request)
  case wait(seconds: Double)
  /// A new token, because the last one was refused; with claims that it must meet, if any.
  case renewToken(claims: String?)
  /// Come back when there is room for more.
  case rest
  case finish
}

/// When something happened, and what chance says then.
struct Moment: Sendable {
  var now: UTCTime
  /// From 0 to 1, for spreading waits.
  var jitter = 0.5
  /// How long the request took that has just ended.
  var tookSeconds = 0.0
}

/// One request that is tried until it is answered or hopeless.
///
/// Waits are for this mailbox alone and come out of its budget; see `RetryPolicy`.
struct Attempt: Sendable {
  enum Outcome: Sendable {
    /// A success, or an error that trying again can't cure.
    case answered(Response)
    case act(Action)
    case failed(GraphFault)
  }

  private var request: Request?
  private var policy: RetryPolicy
  private var renewals = 0
  /// Whether the last answer is a success that nobody has found fault with.
  private var isAnswered = false
  /// A new token may be taken back at once, but a mailbox that always says 401 has another reason.
  private static let renewalLimit = 2

  init(budgetSeconds: Double) { policy = RetryPolicy(budgetSeconds: budgetSeconds) }

  mutating func begin(_ request: Request) -> Action {
    // Only now is it known that the last answer was of use.
    if isAnswered { policy.succeed() }
    isAnswered = false
    self.request = request
    renewals = 0
    return .send(request)
  }

  /// The next request is of another shape, of which failures so far say nothing; their time stays spent.
  mutating func forgetFailures() { policy.succeed() }

  /// A try failed that isn't made again: its time is used all the same.
  mutating func spend(_ moment: Moment) { policy.spend(moment.tookSeconds) }

  mutating func take(_ event: Event, _ moment: Moment) -> Outcome {
    switch event {
    case .start, .resumed:
      guard let request else { return .act(.finish) }
      return .act(.send(request))
    case .failure(let error):
      return error.isTransient
        ? retry(GraphFault(error), asked: nil, moment) : .failed(GraphFault(error))
    case .answer(let response): return take(response, moment)
    }
  }

  private mutating func take(_ response: Response, _ moment: Moment) -> Outcome {
    if response.isSuccess {
      isAnswered = true
      request?.wantsFreshConnection = false
      return .answered(response)
    }
    if response.status == 401, renewals < Self.renewalLimit {
      renewals += 1
      return .act(.renewToken(claims: Challenge(response.headers)?.claims))
    }
    let fault = GraphFault(response)
    guard fault.isTransient else { return .answered(response) }
    // After a 503 the connection may lead to the same machine in trouble.
    request?.wantsFreshConnection = response.status == 503
    return retry(fault, asked: RetryAfter.seconds(response.headers, now: moment.now), moment)
  }

  /// What follows a success whose content is no good: it is asked for again, like after a cut.
  mutating func retryUnusable(_ reason: String, _ moment: Moment) -> Outcome {
    isAnswered = false
    return retry(
      GraphFault(.transient, code: "unusableAnswer", message: reason), asked: nil, moment)
  }

  private mutating func retry(
    _ fault: GraphFault, asked: Double?, _ moment: Moment
  ) -> Outcome {
    let step = policy.fail(
      askedSeconds: asked, jitter: moment.jitter, tookSeconds: moment.tookSeconds)
    switch step {
    case .giveUp: return .failed(fault)
    case .retry(let seconds): return .act(.wait(seconds: seconds))
    }
  }
}
