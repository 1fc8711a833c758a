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
    categories = CategoryTable()
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

  /// Runs `body` in one transaction, which is rolled back when it fails, or when `keeps` is false.
  ///
  /// `locks` are names that no two sessions hold at once; SQLite has one lock for all that write.
  func transaction<Result>(
    locks: [String], keeps: Bool = true, _ body: () throws -> Result
  ) throws -> Result {
    try database.connection.execute(dialect == .sqlite ? "BEGIN IMMEDIATE" : "BEGIN TRANSACTION")
    do {
      for lock in locks { try take(lock) }
      let result = try body()
      try database.connection.execute(keeps ? "COMMIT" : "ROLLBACK")
      if !keeps { try categories.load(database.connection) }
      return result
    } catch {
      rollBack()
      throw error
    }
  }

  private func rollBack() {
    categories.forget()
    let text = dialect == .sqlite ? "ROLLBACK" : "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION"
    // The first error is the one to tell; without a connection there is nothing left to roll back.
    _ = try? database.connection.execute(text)
  }

  /// Waits for a lock of our own that the transaction's end frees.
  func take(_ name: String) throws(ODBCError) { try database.takeLock(name) }
}
