import Console
import CurlTransport
import HTTP
import Records

/// Reads many mailboxes at a time on one thread: carries out what the readers ask for.
struct FetchRun: ~Copyable {
  /// What a run is to do.
  struct Setup {
    var graph: Graph
    var rules: ReadingRules
    var choice: PeopleChoice
    var filter: PeopleFilter
    var states: [String: [StateRecord]]
    var parallel: Int
    /// Requests at a time to one mailbox.
    var mailboxParallel = 1
    var log: Log
    var curl: CurlSettings
    /// Only says whose mailboxes would be read.
    var isDryRun = false
  }

  enum Job {
    case people(PeopleReader)
    case batch(SettingsBatch)
    case mailbox(MailboxReader)
  }

  /// A request on its way, or the last one of a job.
  struct InFlight {
    let token: String
    let url: String
    let startedAt: Double
  }

  let setup: Setup
  var bench: Workbench
  var engine: CurlEngine
  var tokens: TokenKeeper
  var jobs: [Int: Job] = [:]
  private var nextJob = 0
  var people: PeopleQueue
  var inFlight: [Lane: InFlight] = [:]
  /// What mailboxes have asked for before its turn, by job.
  var ahead: [Int: AskedAhead] = [:]
  /// When a waiting job goes on, in steady seconds.
  var timers: [Int: Double] = [:]
  /// Mailboxes whose settings are known, in the order of their turn.
  var ready: [MailboxReader] = []
  var batchesUnderWay = 0
  /// Whether the service knows no batches.
  private var batchesAreRefused = false
  /// Why people are missing, though some were found.
  private var directoryFault: GraphFault?
  var mailboxesUnderWay = 0
  /// The job that finds people, while nobody needs more of them.
  var restingJob: Int?
  var tally = Tally()
  private var status: StatusLine?
  private let startedAt = SystemClock.steadySeconds

  init(_ setup: Setup, tokens: TokenKeeper, output: consuming StandardOutput) throws {
    self.setup = setup
    self.tokens = tokens
    status = StatusLine(setup.log)
    people = PeopleQueue(setup.filter)
    bench = Workbench(
      output: output, now: UTCTime(unixSeconds: Int(SystemClock.unixSeconds)))
    do throws(TransportError) {
      let connections = setup.parallel * (setup.mailboxParallel + 1) + 4
      engine = try CurlEngine(setup.curl, connections: connections)
    } catch {
      throw Failure(.software, error.description)
    }
  }

  /// Reads everything, writes everything, and says in the end what went wrong.
  consuming func run() throws {
    let runId = randomUUID()
    // Without a token there is nothing to begin.
    _ = try tokens.current(now: SystemClock.unixSeconds)
    StreamRecord(tool: "tt-fetch", run: runId, at: bench.now.description)
      .write(to: &bench.output.buffer)
    do {
      try readAll()
      status?.clear()
      if let fault = directoryFault { throw directoryFailure(fault) }
    } catch {
      status?.clear()
      // Finished rounds are good, even when the run is not.
      try? bench.output.flush()
      throw error
    }
    EndRecord(run: runId, counts: tally.counts).write(to: &bench.output.buffer)
    let (tally, setup) = (tally, setup)
    try bench.output.close()
    if setup.isDryRun { tally.reportPlan(setup.log) }
    tally.report(setup.log)
    try tally.end()
  }

  private mutating func readAll() throws {
    let choice = setup.choice
    try begin(
      .people(PeopleReader(choice, setup.graph, retrySeconds: setup.rules.retrySeconds)))
    while true {
      try fillUp()
      guard !jobs.isEmpty else {
        guard people.count + ready.count > 0 else { return }
        continue
      }
      try bench.output.flush()
      showProgress()
      engine.wait(atMostSeconds: secondsToNextTimer)
      try handleCompletions()
      try handleTimers()
    }
  }
}

extension FetchRun {
  private mutating func showProgress() {
    guard status != nil else { return }
    let progress = Progress(
      done: tally.counts.users, total: people.total,
      isTotalKnown: restingJob == nil && !isListing, events: tally.counts.events,
      seconds: SystemClock.steadySeconds - startedAt)
    status?.show(progress.text)
  }

  private var isListing: Bool {
    jobs.values.contains { if case .people = $0 { true } else { false } }
  }
}

// MARK: Jobs

extension FetchRun {
  /// Mailboxes that wait for their turn to ask again leave room for others, up to as many again.
  private var openMailboxes: Int {
    mailboxesUnderWay - min(timers.count, setup.parallel)
  }

  private mutating func fillUp() throws {
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

  private func reader(
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

  private mutating func begin(_ job: consuming Job) throws {
    nextJob += 1
    jobs[nextJob] = job
    try advance(nextJob, .start)
  }

  /// Tells a job what happened and does what it asks for.
  mutating func advance(_ id: Int, _ event: Event, tookSeconds: Double = 0) throws {
    guard let job = jobs.removeValue(forKey: id) else { return }
    bench.moment = Moment(
      now: UTCTime(unixSeconds: Int(SystemClock.unixSeconds)), jitter: .random(in: 0...1),
      tookSeconds: tookSeconds)
    let action: Action
    switch job {
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
    request.headers.append("client-request-id", randomUUID())
    engine.start(request, id: lane.number)
  }
}

// MARK: What happens

extension FetchRun {
  private var secondsToNextTimer: Double {
    guard let next = timers.values.min() else { return 60 }
    return max(0, next - SystemClock.steadySeconds)
  }

  private mutating func handleCompletions() throws {
    while let completion = engine.nextCompletion() {
      let lane = Lane(number: completion.id)
      let seconds = inFlight[lane].map { SystemClock.steadySeconds - $0.startedAt } ?? 0
      let event: Event
      switch completion.result {
      case .success(var response):
        noteAnswer(lane, "\(response.status), \(response.body.count) bytes", seconds)
        if !response.isSuccess, let token = inFlight[lane]?.token { response.redact(token) }
        event = .answer(response)
      case .failure(let error):
        noteAnswer(lane, "\(error)", seconds)
        event = .failure(error)
      }
      guard lane.isMain || takeAhead(event, lane) else { continue }
      try advance(lane.job, event, tookSeconds: seconds)
    }
  }

  private func noteAnswer(
    _ lane: Lane, _ outcome: @autoclosure () -> String, _ seconds: Double
  ) {
    // Links hold long tokens: the path tells what was asked for.
    setup.log.debug(
      "#\(lane.job) \(inFlight[lane]?.url.prefix { $0 != "?" } ?? ""): \(outcome())"
        + " after \(Self.rounded(seconds)) s")
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  private mutating func handleTimers() throws {
    let now = SystemClock.steadySeconds
    for (id, time) in timers where time <= now {
      timers[id] = nil
      try advance(id, .resumed)
    }
  }

  private mutating func take(_ reader: inout PeopleReader) {
    people.add(reader.takeFound())
    for missing in reader.takeMissing() {
      let fault = missing.fault
      ErrorRecord(
        tool: "tt-fetch", user: nil, mail: missing.name, code: fault.code,
        message: fault.message, class: fault.class, httpStatus: fault.status,
        requestId: fault.requestId
      ).write(to: &bench.output.buffer)
      tally.add(unknown: missing.name, fault)
    }
  }

  private mutating func end(_ reader: PeopleReader) throws {
    guard let fault = reader.fault else { return }
    guard people.total > 0 else { throw directoryFailure(fault) }
    // Who was found is read all the same.
    directoryFault = fault
  }

  private func directoryFailure(_ fault: GraphFault) -> Failure {
    if case .group = setup.choice { return fault.directoryFailure(ofGroup: true) }
    return fault.directoryFailure(ofGroup: false)
  }

  private mutating func end(_ batch: SettingsBatch) {
    batchesUnderWay -= 1
    if batch.isRefused { batchesAreRefused = true }
    ready += zip(batch.people, batch.answers).map { reader($0, $1) }
  }

  private mutating func end(_ reader: MailboxReader) throws {
    mailboxesUnderWay -= 1
    tally.add(reader)
    guard tally.isHopeless(tokens.roles.contains { $0.hasPrefix("Calendars.") }) else { return }
    try tally.end()
  }
}
