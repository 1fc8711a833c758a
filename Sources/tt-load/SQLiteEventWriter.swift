import NDJSON
import ODBC
import Records
import Schema

/// Writes rounds into SQLite: one look at each event, and a write only for what differs.
///
/// Nothing is staged: the database is on this machine, and its one writer's lock keeps everybody else out.
final class SQLiteEventWriter: EventWriter {
  private var find: Statement
  private var lastKey: Statement
  private var insert: Statement
  private var update: Statement
  private var link: Statement
  private var unlink: Statement
  private let members: SQLiteMembers
  private var fields: [EventRow.Field] = []

  init(_ connection: borrowing Connection) throws(ODBCError) {
    find = try connection.prepare(SQLiteStatements.find)
    try find.bind(columns: [.integer, .integer, .integer])
    lastKey = try connection.prepare(SQLiteStatements.lastKey)
    try lastKey.bind(columns: [.integer])
    insert = try connection.prepare(SQLiteStatements.insert)
    update = try connection.prepare(SQLiteStatements.update)
    link = try connection.prepare(SQLiteStatements.link)
    unlink = try connection.prepare(SQLiteStatements.unlink)
    members = try SQLiteMembers(connection)
  }

  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally {
    var tally = Tally()
    var lost = try members.strangers(round)
    let firstNew = try nextKey()
    var known: [Int] = []
    for position in round.content.present {
      let entry = round.pending.entries[position]
      try round.pending.with(entry) { row in
        EventRow.fields(row, into: &fields)
        let found = try look(for: row)
        if let found, found.content == entry.content, !found.isDeleted {
          tally.same += 1
          known.append(found.key)
          return
        }
        let names = EventRow.categories(row, fields)
        try categories.add(names, connection, now: round.now) { () throws(ODBCError) in
          try lock("categories")
        }
        let ids = categories.ids(of: names)
        if let found {
          try put(row, entry, key: found.key, round, into: &update)
          try setLinks(row, found.key, ids, isNew: false, round)
          tally.changed += 1
          known.append(found.key)
        } else {
          let key = firstNew + tally.new
          try put(row, entry, key: key, round, into: &insert)
          try setLinks(row, key, ids, isNew: true, round)
          tally.new += 1
        }
      }
    }
    known.sort()
    lost += try members.update(round, known: known, firstNew: firstNew, newCount: tally.new)
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
  }

  private func look(for row: RawSpan) throws(ODBCError) -> Found? {
    try find.set(0, utf8: row.extracting(fields[0].range))
    try find.execute()
    guard try find.next(), let key = find.integer(0) else { return nil }
    defer { find.closeCursor() }
    return Found(key: key, content: find.integer(1), isDeleted: find.integer(2) != 0)
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

  private func setLinks(
    _ row: RawSpan, _ key: Int, _ ids: [Int], isNew: Bool, _ round: RoundToWrite
  ) throws(ODBCError) {
    guard !isNew || !ids.isEmpty else { return }
    let list = "[" + ids.map(String.init).joined(separator: ",") + "]"
    if !isNew {
      try unlink.set(0, key)
      try unlink.set(1, list)
      try unlink.execute()
    }
    guard !ids.isEmpty else { return }
    try link.set(0, key)
    try link.set(1, utf8: row.extracting(fields[0].range))
    try link.set(2, round.now)
    try link.set(3, round.now)
    try link.set(4, list)
    try link.execute()
  }
}
