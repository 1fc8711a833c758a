/// What the tenant counts: requests by route, crowds, and rules that clients broke.
struct Traffic: Sendable {
  /// A rule that a client broke.
  enum Violation: String, Sendable, CaseIterable {
    /// A fifth request at a time to one mailbox.
    case concurrency
    /// A request before the time that Retry-After named.
    case earlyRetry
    case missingAuthorization
    /// A bearer token sent to a path or host that is none of Graph's.
    case tokenElsewhere
    case tokenInURL
    case secretInURL
    /// A page asked for with other Prefer headers than the one before.
    case changedPrefer
    /// A page of an advanced query without its ConsistencyLevel.
    case missingConsistencyLevel
    case unknownPath
  }

  var requests: [String: Int] = [:]
  /// Requests for Graph as they came: a batch is one.
  var calls = 0
  var statuses: [Int: Int] = [:]
  /// Faults that were made, by kind.
  var faults: [String: Int] = [:]
  /// Requests that came to the trap.
  var trapped = 0
  var violations: [Violation: Int] = [:]
  var mostAtOnce = 0
  private(set) var mostAtOncePerMailbox: [String: Int] = [:]
  private var running: [String: Int] = [:]
  private var allRunning = 0
  private var blocks: [String: Block] = [:]

  /// Time in which a mailbox must be left alone.
  struct Block: Sendable {
    /// When the last answer was made that said so.
    let namedAt: Double
    let until: Double
    /// What was refused, and until when each must not come again.
    var refused: [String: Double] = [:]
    /// How many came besides what was refused first.
    var others = 0

    /// Whether a request breaks it.
    ///
    /// A client that asks one mailbox for several things at once sends so many others before it has read that it
    /// must not. How long it takes to read that is no rule, since machines may be busy; nor is how many the server
    /// sees at a time, since it may be quick.
    func isBroken(by request: Request, arrivedAt: Double, others limit: Int) -> Bool {
      guard arrivedAt > namedAt else { return false }
      guard limit > 0 else { return true }
      return refused[request.target].map { arrivedAt < $0 } ?? (others >= limit)
    }
  }

  /// How many requests to one mailbox are answered at a time.
  private static let crowdLimit = 4

  /// A request to a mailbox begins; false when there are four already.
  mutating func enter(_ mailbox: String) -> Bool {
    let count = running[mailbox, default: 0] + 1
    running[mailbox] = count
    allRunning += 1
    mostAtOnce = max(mostAtOnce, allRunning)
    mostAtOncePerMailbox[mailbox] = max(mostAtOncePerMailbox[mailbox] ?? 0, count)
    return count <= Self.crowdLimit
  }

  mutating func leave(_ mailbox: String) {
    running[mailbox, default: 1] -= 1
    allRunning -= 1
  }

  /// From now on the mailbox must be left alone for so long.
  mutating func block(
    _ mailbox: String, from now: Double, seconds: Double, asked request: Request
  ) {
    let before = block(mailbox, at: now)
    var block = Block(namedAt: now, until: now + seconds)
    block.refused = before?.refused ?? [:]
    let isOther = before != nil && block.refused[request.target] == nil
    block.others = (before?.others ?? 0) + (isOther ? 1 : 0)
    block.refused[request.target] = block.until
    blocks[mailbox] = block
  }

  /// What still keeps others from a mailbox.
  func block(_ mailbox: String, at now: Double) -> Block? {
    blocks[mailbox].flatMap { $0.until > now ? $0 : nil }
  }
}

extension Tenant {
  func note(_ violation: Traffic.Violation) {
    traffic.withLock { $0.violations[violation, default: 0] += 1 }
  }
}
