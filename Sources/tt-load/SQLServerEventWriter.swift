import NDJSON
import ODBC
import Records
import Schema

/// Writes rounds into SQL Server: what isn't held as it is goes over the network as rows, and a few statements on
/// whole sets find what differs and write it.
final class SQLServerEventWriter: EventWriter {
  private var stage: Statement
  private var find: Statement
  private var addLinks: Statement
  private let members: SQLServerMembers
  private var row: SQLServerRow

  init(_ connection: borrowing Connection) throws(ODBCError) {
    for table in SQLServerStatements.temporaryTables { try connection.execute(table) }
    stage = try connection.prepare(SQLServerStatements.stage)
    try stage.set(1, CodedText.coded)
    try stage.set(2, CodedText.plain)
    find = try connection.prepare(SQLServerStatements.find)
    try find.bind(columns: [.integer, .integer, .integer], rowsPerFetch: 500)
    addLinks = try connection.prepare(SQLServerStatements.addLinks)
    row = SQLServerRow(measure: try TextMeasure(connection))
    members = try SQLServerMembers(connection, row.measure)
  }

  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally {
    var held = HeldEvents()
    var sifted = HeldEvents.Sifted()
    if try !members.isHeld(round) {
      held = try members.held(round)
      sifted = held.sift(round)
    }
    let differing = try findDiffering(sifted.rest, round, connection)
    let new = differing.count { $0.key == nil }
    try stageLinks(differing, round, categories, connection, lock)
    if !sifted.rest.isEmpty {
      try write(
        round, new: new, changed: differing.count - new, same: sifted.rest.count - differing.count,
        connection)
    }
    let deleted = try members.update(
      round, lost: held.keys(without: sifted.same), staged: sifted.rest.count, connection)
    return Tally(
      new: new, changed: differing.count - new,
      same: round.content.present.count - differing.count, deleted: deleted,
      taken: differing.count { $0.isTaken })
  }

  /// Writes what was staged, all in one way over the network.
  private func write(
    _ round: RoundToWrite, new: Int, changed: Int, same: Int, _ connection: borrowing Connection
  ) throws(ODBCError) {
    var batch = Batch()
    let now = Batch.Parameter.text(round.now)
    let shared: [Batch.Parameter] = [
      .text(round.pending.key.user), .text(round.owner.name), .text(round.pending.key.calendar),
    ]
    if changed > 0 { batch.append(SQLServerStatements.change, shared + [now]) }
    let mayBePurged = changed > 0 && round.scope == .bare
    if mayBePurged { batch.append(SQLServerStatements.findPurged) }
    if new > 0 || mayBePurged { batch.append(SQLServerStatements.add, shared + [now, now]) }
    if new + changed > 0 { batch.append(SQLServerStatements.link, [now, now]) }
    if let slice = round.scope.slice {
      if same > 0 { batch.append(SQLServerStatements.hold, [now, .number(slice)]) }
      batch.append(SQLServerStatements.join, [.number(slice), .number(slice)])
    }
    if !batch.isEmpty { try connection.run(batch) }
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

// MARK: - Rows

extension SQLServerEventWriter {
  /// An event that isn't as the table has it, and its row's key when there is a row.
  private struct Difference {
    let position: Int
    let key: Int?
    /// Whether that row is another person's.
    let isTaken: Bool
  }

  /// Stages events and finds those that aren't as the table has them.
  private func findDiffering(
    _ positions: [Int], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws -> [Difference] {
    guard !positions.isEmpty else { return [] }
    let taken = try JSONRows.send(positions, to: &stage, parameter: 0) { position, json in
      let content = round.pending.entries[position].content
      return try with(position, round) {
        row.append(position, $0, round.owner, content: content, to: &json)
      }
    }
    if taken != positions.count { try stageRest(of: positions, round, connection) }
    var result: [Difference] = []
    try find.set(0, round.pending.key.user)
    try find.execute()
    while try find.next() {
      guard let position = find.integer(0) else { continue }
      result.append(
        Difference(position: position, key: find.integer(1), isTaken: find.integer(2) == 2))
    }
    return result
  }

  /// Stages as parameters what the server did not take from JSON as it was.
  private func stageRest(
    of positions: [Int], _ round: RoundToWrite, _ connection: borrowing Connection
  ) throws {
    let taken = try staged(connection)
    let statement = try connection.kept(SQLServerStatements.stageOne)
    for position in positions where !taken.contains(position) {
      let content = round.pending.entries[position].content
      try with(position, round) {
        try row.set(position, $0, round.owner, content: content, of: statement)
      }
      try statement.execute()
    }
  }

  private func staged(_ connection: borrowing Connection) throws(ODBCError) -> Set<Int> {
    let statement = try connection.kept(SQLServerStatements.staged)
    try statement.bind(columns: [.integer])
    try statement.execute()
    var positions: Set<Int> = []
    while try statement.next() { positions.insert(statement.integer(0) ?? -1) }
    return positions
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
