import HTTP

/// Where a request of a job runs: its own lane, or one for what is asked before its turn.
struct Lane: Hashable, Sendable {
  /// The service allows four requests at a time to one mailbox.
  static let count = 4

  let job: Int
  let index: Int

  init(_ job: Int, _ index: Int = 0) {
    self.job = job
    self.index = index
  }

  /// The number that the engine knows it by.
  var number: Int { job * Self.count + index }

  init(number: Int) { self.init(number / Self.count, number % Self.count) }

  var isMain: Bool { index == 0 }
}

/// What one mailbox has asked for before its turn: the first pages of windows to come, masters that are missing.
///
/// An answer waits here until the mailbox asks for it. A refusal is forgotten, since the mailbox will ask again and
/// hear it for itself; but from then on it asks for one thing at a time.
struct AskedAhead: Sendable {
  private enum Slot: Sendable {
    case underWay(Request)
    case answered(Request, Response)
    /// The mailbox has its turn and waits for this.
    case awaited

    var request: Request? {
      switch self {
      case .underWay(let request), .answered(let request, _): request
      case .awaited: nil
      }
    }
  }

  enum Found {
    case answer(Response)
    case underWay(lane: Int)
    case nothing
  }

  private var slots: [Int: Slot] = [:]
  /// Lanes besides the mailbox's own.
  private(set) var room: Int
  /// Before that, on the steady clock, the mailbox wants to be left alone.
  private(set) var quietUntil = 0.0

  init(room: Int) { self.room = room }

  /// What has become of a request whose turn it is.
  mutating func claim(_ request: Request) -> Found {
    guard let (lane, slot) = slots.first(where: { $0.value.request == request }) else {
      return .nothing
    }
    if case .answered(_, let response) = slot {
      slots[lane] = nil
      return .answer(response)
    }
    slots[lane] = .awaited
    return .underWay(lane: lane)
  }

  /// Which of the coming requests to make now, and on which lanes; answers that nobody will ask for are dropped.
  mutating func begin(_ upcoming: [Request]) -> [(lane: Int, request: Request)] {
    for (lane, slot) in slots {
      if case .answered(let request, _) = slot, !upcoming.contains(request) { slots[lane] = nil }
    }
    var started: [(lane: Int, request: Request)] = []
    for request in upcoming where !slots.values.contains(where: { $0.request == request }) {
      guard slots.count < room, let lane = (1..<Lane.count).first(where: { slots[$0] == nil })
      else { break }
      slots[lane] = .underWay(request)
      started.append((lane, request))
    }
    return started
  }

  /// Takes what came of a request; true when the mailbox waits for it.
  ///
  /// - Parameter askedSeconds: how long the service asks to be left alone.
  mutating func take(_ event: Event, lane: Int, askedSeconds: Double?, now: Double) -> Bool {
    guard let slot = slots.removeValue(forKey: lane) else { return false }
    var answer: Response?
    if case .answer(let response) = event, response.isSuccess { answer = response }
    if answer == nil {
      room = 0
      quietUntil = max(quietUntil, now + (askedSeconds ?? 0))
    }
    guard case .underWay(let request) = slot else { return true }
    if let answer { slots[lane] = .answered(request, answer) }
    return false
  }
}
