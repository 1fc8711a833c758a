import NDJSON
import ODBC
import Records
import Schema

/// Writes rounds into SQL Server: ids and hashes of what may differ go over the network first, then the rows that
/// do differ, then a dozen statements on whole sets.
///
/// What was written is looked for once more: a row that the server did not take as it was goes as parameters.
final class SQLServerEventWriter: EventWriter {
  private var different: Statement
  private var see: Statement
  private var insert: Statement
  private var update: Statement
  private var addLinks: Statement
  private let members: SQLServerMembers
  private var row: SQLServerRow

  init(_ connection: borrowing Connection) throws(ODBCError) {
    for table in SQLServerStatements.temporaryTables { try connection.execute(table) }
    different = try connection.prepare(SQLServerStatements.different)
    try different.bind(columns: [.integer, .integer], rowsPerFetch: 500)
    see = try connection.prepare(SQLServerStatements.see)
    insert = try connection.prepare(SQLServerStatements.insert)
    update = try connection.prepare(SQLServerStatements.update)
    addLinks = try connection.prepare(SQLServerStatements.addLinks)
    row = SQLServerRow(measure: try TextMeasure(connection))
    members = try SQLServerMembers(connection, row.measure)
  }

  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally {
    try connection.execute(SQLServerStatements.clear)
    var tally = Tally()
    if try members.isHeld(round) {
      tally.same = round.content.present.count
      tally.deleted = try members.update(round, lost: [], hasSeen: false, connection)
      return tally
    }
    let held = try members.held(round)
    let sifted = held.sift(round)
    let differing = try find(sifted.rest, round, connection)
    tally.same = round.content.present.count - differing.count
    tally.new = differing.count { $0.key == nil }
    tally.changed = differing.count - tally.new
    if !differing.isEmpty {
      try stageLinks(differing, round, categories, connection, lock)
      if tally.changed > 0 { try connection.run(SQLServerStatements.unlink, []) }
      try write(differing, round, connection)
      try connection.run(SQLServerStatements.link, [round.now, round.now])
    }
    tally.deleted = try members.update(
      round, lost: held.keys(without: sifted.same), hasSeen: !sifted.rest.isEmpty, connection)
    return tally
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

  private func with<Result>(
    _ position: Int, _ round: RoundToWrite, _ body: (RawSpan) throws -> Result
  ) throws -> Result {
    try round.pending.with(round.pending.entries[position]) { bytes in
      row.open(bytes)
      return try body(bytes)
    }
  }
}

// MARK: - Which events differ

extension SQLServerEventWriter {
  private func find(
    _ positions: [Int], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws -> [Difference] {
    guard !positions.isEmpty else { return [] }
    let taken = try JSONRows.send(positions, to: &see, parameter: 0) { position, json in
      try with(position, round) {
        row.appendSeen(position, $0, round.pending.entries[position].content, to: &json)
      }
    }
    if taken != positions.count { try seeOneByOne(positions, round, connection) }
    try connection.run(SQLServerStatements.find, [])
    return try readDifferent()
  }

  private func seeOneByOne(
    _ positions: [Int], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws {
    let statement = try connection.kept(SQLServerStatements.seeOne)
    for position in positions {
      try statement.set(0, position)
      try with(position, round) { try statement.set(1, utf8: $0.extracting(row.id)) }
      try statement.set(2, round.pending.entries[position].content)
      try statement.set(3, position)
      try statement.execute()
    }
  }
}

// MARK: - Rows

extension SQLServerEventWriter {
  private func write(
    _ differing: [Difference], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws {
    try update.set(0, round.now)
    try send(differing.filter { $0.key != nil }, to: &update, parameter: 1, round)
    try insert.set(0, round.now)
    try insert.set(1, round.now)
    try send(differing.filter { $0.key == nil }, to: &insert, parameter: 2, round)
    let rest = try findAgain(connection)
    guard !rest.isEmpty else { return }
    try writeOneByOne(rest, round, connection)
    guard let lost = try findAgain(connection).first else { return }
    let id = try with(lost.position, round) { String(copying: $0.extracting(row.id)) }
    throw ODBCError(
      call: "SQLExecute",
      diagnostics: [
        Diagnostic(state: "HY000", native: 0, message: "the database did not keep event \(id)")
      ])
  }

  /// Gives the rows that were put in the keys that they got; returns what still differs.
  private func findAgain(_ connection: borrowing Connection) throws(ODBCError) -> [Difference] {
    try connection.run(SQLServerStatements.find, [])
    return try readDifferent()
  }

  private func send(
    _ rows: [Difference], to statement: inout Statement, parameter: Int, _ round: RoundToWrite
  ) throws {
    _ = try JSONRows.send(rows, to: &statement, parameter: parameter) { difference, json in
      try with(difference.position, round) {
        let content = round.pending.entries[difference.position].content
        return row.append($0, round.owner, content: content, key: difference.key, to: &json)
      }
    }
  }

  private func writeOneByOne(
    _ rows: [Difference], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws {
    for difference in rows {
      let key = difference.key
      let content = round.pending.entries[difference.position].content
      let statement = try connection.kept(
        key == nil ? SQLServerStatements.insertOne : SQLServerStatements.updateOne)
      let moments = key == nil ? 2 : 1
      for index in 0..<moments { try statement.set(index, round.now) }
      try with(difference.position, round) {
        try row.set($0, round.owner, content: content, key: key, of: statement, from: moments)
      }
      try statement.execute()
    }
  }
}

// MARK: - Categories

extension SQLServerEventWriter {
  /// Names that are new get their ids before the links that need them are staged.
  private func stageLinks(
    _ differing: [Difference], _ round: RoundToWrite, _ categories: CategoryTable,
    _ connection: borrowing Connection, _ lock: (String) throws(ODBCError) -> Void
  ) throws {
    var links: [(seq: Int, category: Int)] = []
    for difference in differing {
      try with(difference.position, round) { bytes in
        let names = row.categories(bytes)
        try categories.add(names, connection, now: round.now) { () throws(ODBCError) in
          try lock("categories")
        }
        links += categories.ids(of: names).map { (difference.position, $0) }
      }
    }
    _ = try JSONRows.send(links, to: &addLinks, parameter: 0) { link, json in
      json.append("[")
      json.append(integer: link.seq)
      json.append(",")
      json.append(integer: link.category)
      json.append("]")
      return true
    }
  }
}
