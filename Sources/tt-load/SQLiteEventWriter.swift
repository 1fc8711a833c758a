import NDJSON
import ODBC
import Records
import Schema

/// Writes rounds into SQLite: one look at each event that isn't held as it is, and a write only for what differs.
///
/// Nothing is staged: the database is on this machine, and its one writer's lock keeps everybody else out.
final class SQLiteEventWriter: EventWriter {
  private var find: Statement
  private var lastKey: Statement
  private var insert: Statement
  private var update: Statement
  private var link: Statement
  private var linkNew: Statement
  private var unlink: Statement
  private let members: SQLiteMembers
  private var fields: [EventRow.Field] = []

  init(_ connection: borrowing Connection) throws(ODBCError) {
    find = try connection.prepare(SQLiteStatements.find)
    try find.bind(columns: [.integer, .integer, .integer, .integer])
    lastKey = try connection.prepare(SQLiteStatements.lastKey)
    try lastKey.bind(columns: [.integer])
    insert = try connection.prepare(SQLiteStatements.insert)
    update = try connection.prepare(SQLiteStatements.update)
    link = try connection.prepare(SQLiteStatements.link)
    linkNew = try connection.prepare(SQLiteStatements.linkNew)
    unlink = try connection.prepare(SQLiteStatements.unlink)
    members = try SQLiteMembers(connection)
  }

  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally {
    func lockCategories() throws(ODBCError) { try lock("categories") }
    var tally = Tally()
    var lost = try members.strangers(round)
    if try members.isHeld(round) {
      tally.same = round.content.present.count
      tally.deleted = try members.bury(lost, except: [], now: round.now)
      return tally
    }
    let firstNew = try nextKey()
    let held = try members.held(round)
    let sifted = held.sift(round)
    tally.same = sifted.same.count
    var known = sifted.same
    // In a mailbox that is new nothing needs to be looked for: the first event that is there after all says so.
    var expectsNew = false
    for position in sifted.rest {
      let entry = round.pending.entries[position]
      try round.pending.with(entry) { row in
        EventRow.fields(row, into: &fields)
        let names = EventRow.categories(row, fields)
        if expectsNew {
          try categories.add(names, connection, now: round.now, lock: lockCategories)
          if try insert(row, entry, key: firstNew + tally.new, round) {
            try link(row, firstNew + tally.new, categories.ids(of: names), round)
            return tally.new += 1
          }
        }
        let found = try look(for: row, of: round.pending.key.user)
        expectsNew = found == nil
        if let found, found.content == entry.content, !found.isDeleted {
          tally.same += 1
          known.append(found.key)
          return
        }
        try categories.add(names, connection, now: round.now, lock: lockCategories)
        let ids = categories.ids(of: names)
        if let found {
          try put(row, entry, key: found.key, round, into: &update)
          try setLinks(row, found.key, ids, round)
          tally.changed += 1
          if found.isTaken { tally.taken += 1 }
          known.append(found.key)
        } else {
          let key = firstNew + tally.new
          try put(row, entry, key: key, round, into: &insert)
          try link(row, key, ids, round)
          tally.new += 1
        }
      }
    }
    known.sort()
    lost += try members.update(
      round, held, known: known, firstNew: firstNew, newCount: tally.new)
    tally.deleted = try members.bury(lost, except: known, now: round.now)
    return tally
  }

  private func nextKey() throws(ODBCError) -> Int {
    try lastKey.execute()
    defer { lastKey.closeCursor() }
    return try lastKey.next() ? (lastKey.integer(0) ?? 0) + 1 : 1
  }

  private struct Found {
    let key: Int
    /// None in rows of an earlier program.
    let content: Int?
    let isDeleted: Bool
    /// Whether it is another person's, who has it still.
    let isTaken: Bool
  }

  private func look(for row: RawSpan, of user: String) throws(ODBCError) -> Found? {
    try find.set(0, user)
    try find.set(1, utf8: row.extracting(fields[0].range))
    try find.execute()
    guard try find.next(), let key = find.integer(0) else { return nil }
    defer { find.closeCursor() }
    let isDeleted = find.integer(2) != 0
    return Found(
      key: key, content: find.integer(1), isDeleted: isDeleted,
      isTaken: !isDeleted && find.integer(3) == 1)
  }

  private func put(
    _ row: RawSpan, _ entry: PendingRound.Entry, key: Int, _ round: RoundToWrite,
    into statement: inout Statement
  ) throws(ODBCError) {
    try statement.set(0, round.now)
    var field = 0
    for column in EventColumn.allCases {
      let parameter = column.rawValue + 1
      switch column {
      case .userEmail:
        if let mail = round.owner.mail {
          try statement.set(parameter, mail)
        } else {
          try set(parameter, EventRow.mailIndex, row, &statement)
        }
      case .userName: try statement.set(parameter, round.owner.name)
      default:
        try set(parameter, field, row, &statement)
        field += 1
      }
    }
    try statement.set(EventColumn.allCases.count + 1, entry.content)
    try statement.set(EventColumn.allCases.count + 2, key)
    try statement.execute()
  }

  private func set(
    _ parameter: Int, _ field: Int, _ row: RawSpan, _ statement: inout Statement
  ) throws(ODBCError) {
    let place = fields[field]
    try statement.set(parameter, utf8: place.isNull ? nil : row.extracting(place.range))
  }

  /// Puts a row in; false when there is one with its id.
  private func insert(
    _ row: RawSpan, _ entry: PendingRound.Entry, key: Int, _ round: RoundToWrite
  ) throws(ODBCError) -> Bool {
    do throws(ODBCError) {
      try put(row, entry, key: key, round, into: &insert)
      return true
    } catch {
      guard error.hasNative(Self.constraint) else { throw error }
      return false
    }
  }

  /// SQLITE_CONSTRAINT (sqlite.org/rescode.html).
  private static let constraint = 19

  private func link(
    _ row: RawSpan, _ key: Int, _ ids: [Int], _ round: RoundToWrite
  ) throws(ODBCError) {
    for id in ids {
      try linkNew.set(0, round.now)
      try linkNew.set(1, key)
      try linkNew.set(2, id)
      try linkNew.set(3, utf8: row.extracting(fields[0].range))
      try linkNew.execute()
    }
  }

  private func setLinks(
    _ row: RawSpan, _ key: Int, _ ids: [Int], _ round: RoundToWrite
  ) throws(ODBCError) {
    let list = "[" + ids.map(String.init).joined(separator: ",") + "]"
    try unlink.set(0, key)
    try unlink.set(1, list)
    try unlink.execute()
    guard !ids.isEmpty else { return }
    try link.set(0, key)
    try link.set(1, utf8: row.extracting(fields[0].range))
    try link.set(2, round.now)
    try link.set(3, round.now)
    try link.set(4, list)
    try link.execute()
  }
}
