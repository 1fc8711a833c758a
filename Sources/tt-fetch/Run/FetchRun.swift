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
  var random = FastRandom()
  var jobs: [Int: Job] = [:]
  var nextJob = 0
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
  var batchesAreRefused = false
  /// Why people are missing, though some were found.
  var directoryFault: GraphFault?
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
