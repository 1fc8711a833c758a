import Console
import Database
import ODBC

extension DatabaseOpener {
  /// Runs `body` once and turns what the database says into a failure that a person understands.
  func reporting<Result>(_ doing: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw error.failure(place: place)
    } catch let error as ODBCError {
      throw DatabaseError(error, expectedDialect, doing: doing).failure(place: place)
    }
  }
}
