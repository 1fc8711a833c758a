import NDJSON
import ODBC
import Records

/// Keeps which events each slice of a calendar holds, in SQL Server, and buries those that no slice holds any more.
final class SQLServerMembers {
  private var sum: Statement
  private var heldEvents: Statement
  private let measure: TextMeasure
  /// How many rows were deleted from the temporary tables since they were last truncated.
  private var deleted = 0
  /// Tables from which so many rows were deleted are truncated.
  private static let deletionLimit = 250

  init(_ connection: borrowing Connection, _ measure: TextMeasure) throws(ODBCError) {
    sum = try connection.prepare(SQLServerStatements.sum)
    try sum.bind(columns: [.integer, .integer, .integer, .integer])
    heldEvents = try connection.prepare(SQLServerStatements.held)
    try heldEvents.bind(columns: [.integer, .integer], rowsPerFetch: 500)
    self.measure = measure
  }

  /// Whether the slice of a full round holds its events as they are, and no others.
  func isHeld(_ round: RoundToWrite) throws(ODBCError) -> Bool { try sum.tells(round) }

  /// What the slice of a full round holds; nothing for other rounds, which don't exchange it.
  func held(_ round: RoundToWrite) throws(ODBCError) -> HeldEvents {
    var held = HeldEvents()
    guard case .full(let slice, _) = round.scope, !round.holdsNothing else { return held }
    try heldEvents.set(0, slice)
    try heldEvents.execute()
    while try heldEvents.next() {
      if let key = heldEvents.integer(0) { held.add(key: key, content: heldEvents.integer(1)) }
    }
    return held
  }

  /// Lets events leave the slice, buries those that no slice holds, and empties the temporary tables; returns how
  /// many were buried.
  ///
  /// `lost` are the keys that a full round's slice held and that are not in the round as they were; `staged` is how
  /// many events of the round were.
  func update(
    _ round: RoundToWrite, lost held: [Int], staged: Int, _ connection: borrowing Connection
  ) throws -> Int {
    let lost = try lose(round, held, connection)
    var buried = 0
    if let slice = round.scope.slice, lost > 0 {
      var batch = Batch()
      batch.append(SQLServerStatements.leave, [.number(slice)])
      batch.append(SQLServerStatements.lockLost)
      try connection.run(batch)
      buried = try connection.run(SQLServerStatements.bury, [.text(round.now)])
    }
    try clear(staged + lost, connection)
    return buried
  }

  /// Deleting leaves room behind that some engines search ever after; truncating costs each statement a new plan.
  private func clear(_ count: Int, _ connection: borrowing Connection) throws {
    guard count > 0 else { return }
    deleted += count
    let isFull = deleted >= Self.deletionLimit
    try connection.run(isFull ? SQLServerStatements.truncate : SQLServerStatements.clear)
    if isFull { deleted = 0 }
  }

  /// Stages the keys of the events that leave the slice; returns how many do.
  private func lose(
    _ round: RoundToWrite, _ held: [Int], _ connection: borrowing Connection
  ) throws -> Int {
    switch round.scope {
    case .bare, .partial: 0
    case .delta(let slice): try loseLeaving(round, slice, connection)
    case .full(_, let window):
      try lose(held, connection) + loseStrangers(round, window, connection)
    }
  }

  private func lose(_ keys: [Int], _ connection: borrowing Connection) throws -> Int {
    guard !keys.isEmpty else { return 0 }
    var statement = try connection.prepare(SQLServerStatements.lose)
    return try JSONRows.send(keys, to: &statement, parameter: 0) { key, json in
      json.append("[")
      json.append(integer: key)
      json.append("]")
      return true
    }
  }

  private func loseLeaving(
    _ round: RoundToWrite, _ slice: Int, _ connection: borrowing Connection
  ) throws -> Int {
    let leaving = round.content.leaving
    guard !leaving.isEmpty else { return 0 }
    func id(_ position: Int) throws -> String {
      try round.pending.id(of: round.pending.entries[position])
    }
    var statement = try connection.prepare(SQLServerStatements.addLeaving)
    let taken = try JSONRows.send(leaving, to: &statement, parameter: 0) { position, json in
      let id = try id(position)
      let bytes = unsafe id.utf8Span.span.bytes
      json.append("[")
      json.append(jsonString: bytes)
      json.append(",")
      json.append(integer: measure.bytes(bytes))
      json.append("]")
      return !bytes.hasNUL
    }
    if taken != leaving.count {
      let statement = try connection.kept(SQLServerStatements.addOneLeaving)
      for position in leaving {
        try statement.set(0, try id(position))
        try statement.execute()
      }
    }
    let lost = try connection.run(SQLServerStatements.loseLeaving, [.number(slice)])
    try connection.run(SQLServerStatements.clearLeaving)
    return lost
  }

  private func loseStrangers(
    _ round: RoundToWrite, _ window: RoundRecord.Window, _ connection: borrowing Connection
  ) throws -> Int {
    let (start, end) = (columnTime(window.start), columnTime(window.end))
    let key = round.pending.key
    let unheld = try connection.run(
      SQLServerStatements.loseUnheld,
      [key.user, key.calendar, start, start, end, end].map(Batch.Parameter.text))
    guard key.calendar == "primary", let mail = round.owner.mail else { return unheld }
    return try unheld
      + connection.run(SQLServerStatements.loseAdopted, [.text(mail), .text(end), .text(start)])
  }
}
