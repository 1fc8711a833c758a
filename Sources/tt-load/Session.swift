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
    do {
      let result = try database.transaction(keeps: keeps) {
        for lock in locks { try take(lock) }
        return try body()
      }
      if !keeps { categories.forget() }
      return result
    } catch {
      categories.forget()
      throw error
    }
  }

  /// Waits for a lock of our own that the transaction's end frees.
  func take(_ name: String) throws(ODBCError) { try database.takeLock(name) }
}
