import Console
import CurlTransport
import HTTP
import Records

/// Which jobs go on, and what each asks for.
extension FetchRun {
  /// Mailboxes that wait for their turn to ask again leave room for others, up to as many again.
  private var openMailboxes: Int {
    mailboxesUnderWay - min(timers.count, setup.parallel)
  }

  mutating func fillUp() throws {
    if setup.rules.subject == .people {
      try listPeople()
    } else {
      try startBatches()
      try startMailboxes()
    }
    guard people.count < setup.parallel, let id = restingJob else { return }
    restingJob = nil
    try advance(id, .resumed)
  }

  private mutating func listPeople() throws {
    while let person = people.next() {
      tally.counts.users += 1
      if setup.isDryRun {
        let rounds = setup.rules.rounds(.primary, setup.states[person.id] ?? []).count
        tally.counts.rounds += rounds
      }
      person.write(to: &bench.output.buffer)
      try bench.output.settle()
    }
  }

  /// Settings are asked for ahead, for as many mailboxes as will soon have their turn.
  private mutating func startBatches() throws {
    while people.count > 0,
      ready.count + batchesUnderWay * SettingsBatch.mailboxLimit < setup.parallel
    {
      var group: [UserRecord] = []
      while group.count < SettingsBatch.mailboxLimit, let person = people.next() {
        group.append(person)
      }
      guard setup.rules.subject == .events, !batchesAreRefused else {
        ready += group.map { reader($0) }
        continue
      }
      batchesUnderWay += 1
      let batch = SettingsBatch(
        group, setup.graph, setup.rules.preferences, retrySeconds: setup.rules.retrySeconds)
      try begin(.batch(batch))
    }
  }

  func reader(
    _ person: UserRecord, _ answers: SettingsBatch.Answers = SettingsBatch.Answers()
  ) -> MailboxReader {
    MailboxReader(
      person, setup.rules, setup.graph, states: setup.states[person.id] ?? [], answers: answers)
  }

  private mutating func startMailboxes() throws {
    while !ready.isEmpty, openMailboxes < setup.parallel {
      mailboxesUnderWay += 1
      try begin(.mailbox(ready.removeFirst()))
    }
  }

  mutating func begin(_ job: consuming Job) throws {
    nextJob += 1
    jobs[nextJob] = job
    try advance(nextJob, .start)
  }

  /// Tells a job what happened and does what it asks for.
  mutating func advance(_ id: Int, _ event: Event, tookSeconds: Double = 0) throws {
    guard let job = jobs.removeValue(forKey: id) else { return }
    bench.moment = Moment(
      now: UTCTime(unixSeconds: Int(SystemClock.unixSeconds)),
      jitter: .random(in: 0...1, using: &random), tookSeconds: tookSeconds)
    let action: Action
    // Not copied: what a mailbox remembers of a long round is not small.
    switch consume job {
    case .people(var reader):
      action = reader.next(event, &bench)
      take(&reader)
      if action == .finish { return try end(reader) }
      jobs[id] = .people(reader)
    case .batch(var batch):
      action = batch.next(event, &bench)
      if action == .finish { return end(batch) }
      jobs[id] = .batch(batch)
    case .mailbox(var reader):
      action = reader.next(event, &bench)
      bench.settle()
      if let failure = bench.outputFailure { throw failure }
      if action == .finish {
        ahead[id] = nil
        return try end(reader)
      }
      jobs[id] = .mailbox(reader)
    }
    try carryOut(action, id)
  }

  private mutating func carryOut(_ action: Action, _ id: Int) throws {
    switch action {
    case .send(let request): try send(request, id)
    case .wait(let seconds):
      setup.log.debug("#\(id) waits \(Self.rounded(seconds)) s")
      timers[id] = SystemClock.steadySeconds + seconds
    case .rest: restingJob = id
    case .finish: break
    case .renewToken(let claims):
      setup.log.debug("#\(id) needs another token")
      if let rejected = inFlight[Lane(id)]?.token {
        try tokens.renew(rejected: rejected, claims: claims)
      }
      try advance(id, .resumed)
    }
  }

  private mutating func send(_ request: Request, _ id: Int) throws {
    guard setup.mailboxParallel > 1, case .mailbox(let reader) = jobs[id] else {
      return try start(request, Lane(id))
    }
    try sendInTurn(request, id, reader)
  }

  mutating func start(_ request: Request, _ lane: Lane) throws {
    // The last line of defence: readers have refused such links before.
    guard setup.graph.owns(request.url) else {
      throw Failure(.software, "a request would have left the Graph endpoint")
    }
    let token = try tokens.current(now: SystemClock.unixSeconds)
    inFlight[lane] = InFlight(
      token: token, url: request.url, startedAt: SystemClock.steadySeconds)
    var request = request
    request.headers.append("Authorization", "Bearer \(token)")
    request.headers.append("client-request-id", randomUUID(using: &random))
    engine.start(request, id: lane.number)
  }
}
