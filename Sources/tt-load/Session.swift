import Console
import Database
import ODBC
import Records
import Schema

/// One connection with everything that is prepared on it; a new one is made when it breaks.
final class Session {
  let database: Database
  let categories: CategoryTable
  private let events: any EventWriter

  var dialect: Dialect { database.dialect }

  init(_ database: consuming Database) throws {
    let dialect = database.dialect
    self.database = database
    categories = CategoryTable(dialect)
    events =
      dialect == .sqlite
      ? try SQLiteEventWriter(self.database.connection)
      : try SQLServerEventWriter(self.database.connection)
    try categories.load(self.database.connection)
  }

  func write(_ round: RoundToWrite) throws -> Tally {
    try events.write(round, categories, on: database.connection) { name throws(ODBCError) in
      try self.take(name)
    }
  }

  /// Runs `body` in one transaction, which is rolled back when it fails.
  ///
  /// `locks` are names that no two sessions hold at once; SQLite has one lock for all that write.
  func transaction<Result>(locks: [String], _ body: () throws -> Result) throws -> Result {
    do {
      return try database.transaction {
        for lock in locks { try take(lock) }
        return try body()
      }
    } catch {
      categories.forget()
      throw error
    }
  }

  /// A session in a transaction that is never committed: it ends with the session, and nothing was written.
  ///
  /// Everything shares it, an upgrade of older tables too, so that each call of `rehearsal` sees what those before
  /// it would have done.
  convenience init(rehearsing upgrade: SchemaUpgrade, on opened: consuming Database) throws {
    try opened.connection.execute(
      opened.dialect == .sqlite ? "BEGIN IMMEDIATE" : "BEGIN TRANSACTION")
    try upgrade.upgrade(opened)
    try self.init(opened)
  }

  /// Runs `body` in a rehearsing session's transaction, under locks.
  func rehearsal<Result>(locks: [String], _ body: () throws -> Result) throws -> Result {
    for lock in locks { try take(lock) }
    return try body()
  }

  /// Waits for a lock of our own that the transaction's end frees.
  func take(_ name: String) throws(ODBCError) { try database.takeLock(name) }
}
