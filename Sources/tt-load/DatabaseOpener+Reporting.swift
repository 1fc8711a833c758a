import Console
import Database
import Schema

extension DatabaseOpener {
  /// Opens the database once for reading, and turns what it says into a failure that a person understands.
  func reporting<Result>(
    _ doing: String, _ body: (borrowing Database) throws -> Result
  ) throws -> Result {
    do {
      return try withDatabase(for: .reading, doing: doing, body)
    } catch let error as DatabaseError {
      throw error.failure(place: place)
    }
  }
}
