import NDJSON
import ODBC
import Records
import Schema

/// Writes rounds into SQL Server: ids and hashes go over the network first, then the rows that differ, then a
/// dozen statements on whole sets.
final class SQLServerEventWriter: EventWriter {
  private static let rowsPerChunk = 1000
  private static let bytesPerChunk = 4 << 20

  private var see: Statement
  private var different: Statement
  private var insert: Statement
  private var update: Statement
  private var addLinks: Statement
  private var fields: [EventRow.Field] = []

  init(_ connection: borrowing Connection) throws(ODBCError) {
    for table in SQLServerStatements.temporaryTables { try connection.execute(table) }
    see = try connection.prepare(SQLServerStatements.see)
    different = try connection.prepare(SQLServerStatements.different)
    try different.bind(columns: [.integer, .integer], rowsPerFetch: 500)
    insert = try connection.prepare(SQLServerStatements.insert)
    update = try connection.prepare(SQLServerStatements.update)
    addLinks = try connection.prepare(SQLServerStatements.addLinks)
  }

  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally {
    try connection.execute(SQLServerStatements.clear)
    try stageSeen(round)
    try connection.execute(SQLServerStatements.find)
    let differing = try readDifferent()
    var tally = Tally()
    tally.same = round.content.present.count - differing.count
    try addCategories(differing, round, categories, connection, lock)
    try stageLinks(differing, round, categories)
    let changed = differing.filter { $0.key != nil }
    let new = differing.filter { $0.key == nil }
    (tally.changed, tally.new) = (changed.count, new.count)
    if !changed.isEmpty {
      try update.set(0, round.now)
      try stage(changed, with: { try update.set(1, utf8: $0) }, run: { try update.execute() }) {
        try append($0, round, to: &$1)
      }
      try connection.execute(SQLServerStatements.unlink)
    }
    if !new.isEmpty {
      try insert.set(0, round.now)
      try insert.set(1, round.now)
      try stage(new, with: { try insert.set(2, utf8: $0) }, run: { try insert.execute() }) {
        try append($0, round, to: &$1)
      }
      try connection.execute(SQLServerStatements.findNew)
    }
    if !differing.isEmpty {
      try run(SQLServerStatements.link, [round.now, round.now], on: connection)
    }
    tally.deleted = try updateMembers(round, connection)
    return tally
  }

  private func stageSeen(_ round: RoundToWrite) throws {
    try stage(round.content.present, with: { try see.set(0, utf8: $0) }, run: { try see.execute() })
    { position, json in
      let entry = round.pending.entries[position]
      try round.pending.with(entry) { row in
        EventRow.fields(row, into: &fields)
        json.append("[")
        json.append(integer: position)
        json.append(",")
        json.append(jsonString: row.extracting(fields[0].range))
        json.append(",")
        json.append(integer: entry.content)
        json.append("]")
      }
    }
  }

  /// An event that isn't as the table has it, and its row's key when there is a row.
  private struct Difference {
    let position: Int
    let key: Int?
  }

  private func readDifferent() throws(ODBCError) -> [Difference] {
    var result: [Difference] = []
    try different.execute()
    while try different.next() {
      guard let position = different.integer(0) else { continue }
      result.append(Difference(position: position, key: different.integer(1)))
    }
    return result
  }

  /// Names that are new get their ids before the links that need them are staged.
  private func addCategories(
    _ differing: [Difference], _ round: RoundToWrite, _ categories: CategoryTable,
    _ connection: borrowing Connection, _ lock: (String) throws(ODBCError) -> Void
  ) throws {
    for difference in differing {
      try with(difference, round) { row in
        try categories.add(EventRow.categories(row, fields), connection, now: round.now) {
          () throws(ODBCError) in try lock("categories")
        }
      }
    }
  }

  private func stageLinks(
    _ differing: [Difference], _ round: RoundToWrite, _ categories: CategoryTable
  ) throws {
    var links: [(seq: Int, category: Int)] = []
    for difference in differing {
      try with(difference, round) { row in
        for id in categories.ids(of: EventRow.categories(row, fields)) {
          links.append((difference.position, id))
        }
      }
    }
    try stage(
      links, with: { try addLinks.set(0, utf8: $0) }, run: { try addLinks.execute() }
    ) { link, json in
      json.append("[")
      json.append(integer: link.seq)
      json.append(",")
      json.append(integer: link.category)
      json.append("]")
    }
  }

  private func with(
    _ difference: Difference, _ round: RoundToWrite, _ body: (RawSpan) throws -> Void
  ) throws {
    try round.pending.with(round.pending.entries[difference.position]) { row in
      EventRow.fields(row, into: &fields)
      try body(row)
    }
  }

  private func append(
    _ difference: Difference, _ round: RoundToWrite, to json: inout OutputBuffer
  ) throws {
    try with(difference, round) { row in
      json.append("[")
      append(row, round, to: &json)
      json.append(integer: round.pending.entries[difference.position].content)
      json.append(",")
      if let key = difference.key { json.append(integer: key) } else { json.append("null") }
      json.append("]")
    }
  }

  /// The columns' values, a comma behind each.
  private func append(_ row: RawSpan, _ round: RoundToWrite, to json: inout OutputBuffer) {
    var field = 0
    for column in EventColumn.allCases {
      switch column {
      case .userEmail:
        if let mail = round.owner.mail {
          json.append(jsonString: mail)
        } else {
          append(EventRow.mailIndex, row, to: &json)
        }
      case .userName: json.append(jsonString: round.owner.name)
      default:
        append(field, row, to: &json)
        field += 1
      }
      json.append(",")
    }
  }

  private func append(_ field: Int, _ row: RawSpan, to json: inout OutputBuffer) {
    let place = fields[field]
    if place.isNull {
      json.append("null")
    } else {
      json.append(jsonString: row.extracting(place.range))
    }
  }

  /// Hands rows to a statement, as many at once as a chunk holds.
  private func stage<Row>(
    _ all: [Row], with set: (RawSpan) throws -> Void, run: () throws -> Void,
    _ append: (Row, inout OutputBuffer) throws -> Void
  ) throws {
    var json = OutputBuffer(capacity: 1 << 16)
    var rows = 0
    for (index, row) in all.enumerated() {
      json.append(rows == 0 ? "[" : ",")
      try append(row, &json)
      rows += 1
      let isFull = rows == Self.rowsPerChunk || json.count >= Self.bytesPerChunk
      guard isFull || index == all.count - 1 else { continue }
      json.append("]")
      try json.withBytes { try set($0) }
      try run()
      json.removeAll()
      rows = 0
    }
  }
}

// MARK: - The slice's members

extension SQLServerEventWriter {
  /// Brings the slice's members up to date and buries what no slice holds; returns how many were buried.
  private func updateMembers(
    _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws -> Int {
    let slice: Int
    var lost = 0
    switch round.scope {
    case .bare: return 0
    case .partial(let number): slice = number
    case .delta(let number):
      slice = number
      lost = try loseLeaving(round, slice, connection)
    case .full(let number, let window):
      slice = number
      lost = try run(SQLServerStatements.loseOthers, [], slice, on: connection)
      lost += try loseStrangers(round, window, connection)
    }
    if lost > 0 { try run(SQLServerStatements.leave, [], slice, on: connection) }
    try join(slice, connection)
    return lost > 0 ? try run(SQLServerStatements.bury, [round.now], on: connection) : 0
  }

  private func join(_ slice: Int, _ connection: borrowing Connection) throws(ODBCError) {
    var statement = try connection.prepare(SQLServerStatements.join)
    try statement.set(0, slice)
    try statement.set(1, slice)
    try statement.execute()
  }

  private func loseLeaving(
    _ round: RoundToWrite, _ slice: Int, _ connection: borrowing Connection
  ) throws -> Int {
    let leaving = round.content.leaving
    guard !leaving.isEmpty else { return 0 }
    var statement = try connection.prepare(SQLServerStatements.addLeaving)
    var index = 0
    while index < leaving.count {
      var json = OutputBuffer(capacity: 1 << 14)
      for position in leaving[index...].prefix(Self.rowsPerChunk) {
        json.append(json.isEmpty ? "[[" : ",[")
        json.append(jsonString: try round.pending.id(of: round.pending.entries[position]))
        json.append("]")
      }
      json.append("]")
      try json.withBytes { try statement.set(0, utf8: $0) }
      try statement.execute()
      index += Self.rowsPerChunk
    }
    return try run(SQLServerStatements.loseLeaving, [], slice, on: connection)
  }

  private func loseStrangers(
    _ round: RoundToWrite, _ window: RoundRecord.Window, _ connection: borrowing Connection
  ) throws -> Int {
    let start = columnTime(window.start)
    let end = columnTime(window.end)
    let key = round.pending.key
    let unheld = try run(
      SQLServerStatements.loseUnheld, [key.user, key.calendar, start, start, end, end],
      on: connection)
    guard key.calendar == "primary", let mail = round.owner.mail else { return unheld }
    return try unheld + run(SQLServerStatements.loseAdopted, [mail, end, start], on: connection)
  }

  /// Runs a statement with texts, then numbers, as its parameters; returns how many rows it touched.
  @discardableResult
  private func run(
    _ sql: String, _ texts: [String], _ numbers: Int..., on connection: borrowing Connection
  ) throws(ODBCError) -> Int {
    var statement = try connection.prepare(sql)
    for (index, text) in texts.enumerated() { try statement.set(index, text) }
    for (index, number) in numbers.enumerated() { try statement.set(texts.count + index, number) }
    try statement.execute()
    return max(0, try statement.rowCount())
  }
}
