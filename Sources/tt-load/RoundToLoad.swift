import Database
import ODBC
import Records

/// What came of a calendar, to be loaded whole or not at all.
struct RoundToLoad {
  let pending: PendingRound
  let content: RoundContent
  /// What closed it; nil for bare events.
  let record: RoundRecord?
  /// Its counts are right: nothing of it is missing.
  let isWhole: Bool
  /// What came about the person besides events.
  var around: Surroundings

  init(
    _ pending: PendingRound, _ record: RoundRecord?, isWhole: Bool, around: Surroundings
  ) {
    self.pending = pending
    content = RoundContent(pending.entries)
    self.record = record
    self.isWhole = isWhole
    self.around = around
  }

  var user: String { pending.key.user }
  /// What failures call loading it.
  var loading: String { "load a round of \(record?.mail ?? user)" }
  /// What no two loaders hold at once.
  var lock: String { "mailbox:" + user }
}

/// What belongs to a mailbox besides its events.
struct Surroundings {
  var person: Person?
  var categories: [CategoryRecord] = []
  /// Of people without a round, the one whose categories came last is applied last.
  var order = 0
}

extension Session {
  /// Loads a round inside a transaction that holds the mailbox's lock.
  ///
  /// No run is open in a rehearsal.
  func load(_ round: RoundToLoad, run: OpenRun?) throws -> Tally {
    let now = presentColumnTime()
    let owner = try prepare(round, now)
    let slice = try round.record.map { try self.slice($0.key, $0.window, now: now) }
    var tally = try write(
      RoundToWrite(
        pending: round.pending, content: round.content, scope: scope(round, slice),
        holdsNothing: slice?.isNew ?? true, owner: owner, now: now))
    if let record = round.record, let slice, round.isWhole {
      if record.mode == .delta, slice.state.lastFullAt == nil { tally.unfounded = 1 }
      try close(slice, record, run: run?.id, now: now)
    }
    return tally
  }

  private func prepare(_ round: RoundToLoad, _ now: String) throws -> Owner {
    let known = try round.around.person.map { try write($0, now: now) } ?? owner(round.user)
    try apply(round.around.categories, and: [], now: now)
    return known ?? Owner(mail: round.record?.mail, name: nil)
  }

  private func scope(_ round: RoundToLoad, _ slice: Slice?) -> RoundToWrite.Scope {
    guard let record = round.record, let slice else { return .bare }
    guard round.isWhole else { return .partial(slice: slice.number) }
    switch record.mode {
    case .full: return .full(slice: slice.number, window: record.window)
    case .delta: return .delta(slice: slice.number)
    }
  }

  /// Brings master categories in, and gives other names their rows.
  func apply(
    _ records: [CategoryRecord], and names: [String], now: String
  ) throws(ODBCError) {
    let lock = { () throws(ODBCError) in try self.take("categories") }
    for record in records {
      try categories.apply(record, database.connection, now: now, lock: lock)
    }
    try categories.add(names, database.connection, now: now, lock: lock)
  }

  /// Whether nothing would change with these.
  func knows(_ records: [CategoryRecord], _ names: [String]) throws(ODBCError) -> Bool {
    try categories.knows(records, names, database.connection)
  }
}

extension Retrying {
  /// Loads a round in a transaction, again after faults, and adds it to the audit.
  func load(_ round: RoundToLoad, run opened: OpenRun, _ audit: RunAudit) throws -> Tally {
    try run(round.loading) { session in
      try session.transaction(locks: [round.lock]) {
        let tally = try session.load(round, run: opened)
        try session.count(tally, rounds: round.record == nil ? 0 : 1, run: opened, audit)
        return tally
      }
    }
  }
}

extension RoundToWrite.Scope {
  var slice: Int? {
    switch self {
    case .bare: nil
    case .partial(let slice), .delta(let slice), .full(let slice, _): slice
    }
  }
}
