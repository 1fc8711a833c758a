import Console
import Database
import ODBC
import Schema

/// Makes the tables where there are none, and brings those of earlier versions up to date.
struct SchemaUpgrade {
  enum Outcome: Equatable { case unchanged, created, upgraded(from: Int) }

  let log: Log

  /// Leaves the database with the tables of the current version, in one transaction under a lock.
  @discardableResult
  func run(on database: borrowing Database) throws -> Outcome {
    if try database.knownVersion() == SchemaVersion.current { return .unchanged }
    return try database.transaction(lock: "schema") { try upgrade(database) }
  }

  /// For a connection that is made again: tables that were dropped meanwhile aren't made once more.
  func check(_ database: borrowing Database) throws {
    guard try database.knownVersion() == SchemaVersion.current else {
      throw Failure(
        .unavailable, "the tables of \(database.place) were dropped meanwhile", hint: "run it again"
      )
    }
  }

  /// The same inside a transaction that is open already.
  @discardableResult
  func upgrade(_ database: borrowing Database) throws -> Outcome {
    // Somebody else may have done it before the lock was ours.
    let version = try database.knownVersion()
    if version != SchemaVersion.current { try checkServer(database) }
    switch version {
    case SchemaVersion.current: return .unchanged
    case nil:
      try create(database)
      return .created
    case SchemaVersion.adopted:
      try Adoption(dialect: database.dialect, now: presentColumnTime(), log: log).run(on: database)
      try note(database)
      return .upgraded(from: SchemaVersion.adopted)
    case let other?:
      throw Failure(.configuration, "the tables are of version \(other), which never was one")
    }
  }

  private func checkServer(_ database: borrowing Database) throws {
    guard database.dialect == .sqlServer else { return }
    do throws(ODBCError) {
      try database.connection.execute(SQLServerStatements.probe)
    } catch {
      // Functions that return tables are missing ones to a server that doesn't know them.
      guard [.other, .noTable].contains(DatabaseFault(error, database.dialect)) else { throw error }
      throw Failure(
        .configuration, "SQL Server 2017 or later is needed (\(database.place)): \(error)",
        hint: "on a newer server: ALTER DATABASE … SET COMPATIBILITY_LEVEL = 140")
    }
  }

  private func create(_ database: borrowing Database) throws(ODBCError) {
    for statement in Tables.definitions(database.dialect) {
      try database.connection.execute(statement)
    }
    try note(database)
  }

  private func note(_ database: borrowing Database) throws(ODBCError) {
    var insert = try database.connection.prepare(
      "INSERT INTO schema_version (version, tool_version, applied_at) VALUES (?, ?, ?)")
    try insert.set(0, SchemaVersion.current)
    try insert.set(1, productVersion)
    try insert.set(2, presentColumnTime())
    try insert.execute()
  }
}
