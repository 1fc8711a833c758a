import ODBC
import Records

/// Keeps which events each slice of a calendar holds, in SQLite, and buries those that no slice holds any more.
final class SQLiteMembers {
  private var sum: Statement
  private var members: Statement
  private var join: Statement
  private var joinNew: Statement
  private var leave: Statement
  private var bury: Statement
  private var changes: Statement
  private var clearLeaving: Statement
  private var addLeaving: Statement
  private var leavingMembers: Statement
  private var unheld: Statement
  private var adopted: Statement

  init(_ connection: borrowing Connection) throws(ODBCError) {
    try connection.execute(SQLiteStatements.leavingTable)
    sum = try connection.prepare(SQLiteStatements.sum)
    members = try connection.prepare(SQLiteStatements.members)
    join = try connection.prepare(SQLiteStatements.join)
    joinNew = try connection.prepare(SQLiteStatements.joinNew)
    leave = try connection.prepare(SQLiteStatements.leave)
    bury = try connection.prepare(SQLiteStatements.bury)
    changes = try connection.prepare(SQLiteStatements.changes)
    clearLeaving = try connection.prepare(SQLiteStatements.clearLeaving)
    addLeaving = try connection.prepare(SQLiteStatements.addLeaving)
    leavingMembers = try connection.prepare(SQLiteStatements.leavingMembers)
    unheld = try connection.prepare(SQLiteStatements.unheld)
    adopted = try connection.prepare(SQLiteStatements.adopted)
    try changes.bind(columns: [.integer])
    try sum.bind(columns: [.integer, .integer, .integer, .integer])
    try members.bind(columns: [.integer, .integer], rowsPerFetch: 500)
    try leavingMembers.bind(columns: [.integer], rowsPerFetch: 500)
    try unheld.bind(columns: [.integer], rowsPerFetch: 500)
    try adopted.bind(columns: [.integer], rowsPerFetch: 500)
  }

  /// Whether the slice of a full round holds its events as they are, and no others.
  func isHeld(_ round: RoundToWrite) throws(ODBCError) -> Bool { try sum.tells(round) }

  /// What the slice of a full round holds; nothing for other rounds, which don't exchange it.
  func held(_ round: RoundToWrite) throws(ODBCError) -> HeldEvents {
    var held = HeldEvents()
    guard case .full(let slice, _) = round.scope, !round.holdsNothing else { return held }
    // The driver holds a whole answer in memory: a large calendar comes in parts.
    var before = -1
    while held.keys.count > before {
      before = held.keys.count
      try members.set(0, slice)
      try members.set(1, held.keys.last ?? 0)
      try members.execute()
      while try members.next() {
        if let key = members.integer(0) { held.add(key: key, content: members.integer(1)) }
      }
    }
    return held
  }

  /// Rows in the window of a full round that no slice holds: what bare events or an earlier program left.
  ///
  /// Asked before the round's events come in, which then are no strangers any more.
  func strangers(_ round: RoundToWrite) throws(ODBCError) -> [Int] {
    guard case .full(_, let window) = round.scope else { return [] }
    let start = columnTime(window.start)
    let end = columnTime(window.end)
    try unheld.set(0, round.pending.key.user)
    try unheld.set(1, round.pending.key.calendar)
    try unheld.set(2, start)
    try unheld.set(3, start)
    try unheld.set(4, end)
    try unheld.set(5, end)
    var result = try keys(&unheld)
    guard round.pending.key.calendar == "primary", let mail = round.owner.mail else {
      return result
    }
    try adopted.set(0, mail)
    try adopted.set(1, end)
    try adopted.set(2, start)
    result += try keys(&adopted)
    return result
  }

  /// Brings the slice's members up to date; returns the keys that left it.
  ///
  /// `known` are the keys of the round's events that were there before, ascending; the others follow from
  /// `firstNew` on.
  func update(
    _ round: RoundToWrite, _ held: HeldEvents, known: [Int], firstNew: Int, newCount: Int
  ) throws -> [Int] {
    let slice: Int
    var lost: [Int] = []
    switch round.scope {
    case .bare: return []
    case .partial(let number):
      slice = number
      try joinAll(known, slice)
    case .delta(let number):
      slice = number
      lost = try leavers(round, slice).filter { !isMember($0, known) }
      try joinAll(known, slice)
    case .full(let number, _):
      slice = number
      lost = held.keys(without: known)
      try joinAll(known.filter { !isMember($0, held.keys) }, slice)
    }
    for key in lost {
      try leave.set(0, slice)
      try leave.set(1, key)
      try leave.execute()
    }
    if newCount > 0 {
      try joinNew.set(0, slice)
      try joinNew.set(1, firstNew - 1)
      try joinNew.execute()
    }
    return lost
  }

  /// Marks events deleted that no slice holds; returns how many were not so before.
  func bury(_ keys: [Int], except known: [Int], now: String) throws(ODBCError) -> Int {
    var count = 0
    for key in keys where !isMember(key, known) {
      try bury.set(0, now)
      try bury.set(1, key)
      try bury.execute()
      try changes.execute()
      if try changes.next() { count += changes.integer(0) ?? 0 }
      changes.closeCursor()
    }
    return count
  }

  private func joinAll(_ keys: [Int], _ slice: Int) throws(ODBCError) {
    for key in keys {
      try join.set(0, slice)
      try join.set(1, key)
      try join.execute()
    }
  }

  /// The slice's members that the round says are gone.
  private func leavers(_ round: RoundToWrite, _ slice: Int) throws -> [Int] {
    let leaving = round.content.leaving
    guard !leaving.isEmpty else { return [] }
    try clearLeaving.execute()
    for position in leaving {
      try addLeaving.set(0, try round.pending.id(of: round.pending.entries[position]))
      try addLeaving.execute()
    }
    try leavingMembers.set(0, slice)
    return try keys(&leavingMembers)
  }

  private func keys(_ statement: inout Statement) throws(ODBCError) -> [Int] {
    var result: [Int] = []
    try statement.execute()
    while try statement.next() {
      if let key = statement.integer(0) { result.append(key) }
    }
    return result
  }

  private func isMember(_ key: Int, _ sorted: [Int]) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == key
  }
}
