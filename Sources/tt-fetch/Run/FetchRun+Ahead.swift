import Console
import HTTP

/// More than one request at a time to a mailbox: what it will ask for next is asked while others are under way.
extension FetchRun {
  /// Makes a mailbox's request, unless that was done before its turn.
  mutating func sendInTurn(_ request: Request, _ id: Int, _ reader: MailboxReader) throws {
    var asked = ahead[id] ?? AskedAhead(room: setup.mailboxParallel - 1)
    let found = asked.claim(request)
    let now = SystemClock.steadySeconds
    if case .nothing = found, asked.quietUntil > now {
      ahead[id] = asked
      timers[id] = asked.quietUntil
      return
    }
    let begun = asked.quietUntil > now ? [] : asked.begin(reader.upcoming(asked.room))
    ahead[id] = asked
    if case .nothing = found { try start(request, Lane(id)) }
    for (lane, request) in begun { try start(request, Lane(id, lane)) }
    switch found {
    case .answer(let response): try advance(id, .answer(response))
    case .underWay(let lane): inFlight[Lane(id)] = inFlight[Lane(id, lane)]
    case .nothing: break
    }
  }

  /// Takes what came of a request that was made before its turn; true when its turn has come since.
  mutating func takeAhead(_ event: Event, _ lane: Lane) -> Bool {
    var asked: Double?
    if case .answer(let response) = event {
      let now = UTCTime(unixSeconds: Int(SystemClock.unixSeconds))
      asked = RetryAfter.seconds(response.headers, now: now)
    }
    return ahead[lane.job]?.take(
      event, lane: lane.index, askedSeconds: asked, now: SystemClock.steadySeconds) ?? false
  }
}
