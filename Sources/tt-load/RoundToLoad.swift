import Database
import ODBC
import Records

/// What came of a calendar, to be loaded whole or not at all.
struct RoundToLoad {
  let pending: PendingRound
  /// What closed it; nil for bare events.
  let record: RoundRecord?
  /// Its counts are right: nothing of it is missing.
  let isWhole: Bool
  /// What came about the person besides events.
  var around: Surroundings

  var user: String { pending.key.user }
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
  func load(_ round: RoundToLoad, run: Int) throws -> Tally {
    let now = presentColumnTime()
    let owner = try prepare(round, now)
    let scope = try scope(round, now)
    let tally = try write(
      RoundToWrite(
        pending: round.pending, content: RoundContent(round.pending.entries), scope: scope,
        owner: owner, now: now))
    if let record = round.record, round.isWhole, let slice = scope.slice {
      try close(slice, record, run: run, now: now)
    }
    return tally
  }

  private func prepare(_ round: RoundToLoad, _ now: String) throws -> Owner {
    if let person = round.around.person { try write(person, now: now) }
    try apply(round.around.categories, and: [], now: now)
    return try owner(round.user) ?? Owner(mail: round.record?.mail, name: nil)
  }

  private func scope(_ round: RoundToLoad, _ now: String) throws -> RoundToWrite.Scope {
    guard let record = round.record else { return .bare }
    let slice = try slice(record.key, record.window, now: now)
    guard round.isWhole else { return .partial(slice: slice) }
    switch record.mode {
    case .full: return .full(slice: slice, window: record.window)
    case .delta: return .delta(slice: slice)
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
  func load(_ round: RoundToLoad, run number: Int, _ audit: RunAudit) throws -> Tally {
    try run("load a round") { session in
      try session.transaction(locks: [round.lock]) {
        let tally = try session.load(round, run: number)
        try session.count(tally, rounds: round.record == nil ? 0 : 1, run: number, audit)
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
