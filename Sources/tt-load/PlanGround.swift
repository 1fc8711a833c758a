import Console
import Database
import Schema

/// Whether there is a database to plan a load against.
struct PlanGround {
  /// False where there are no tables yet: everything is new there, as in any empty database.
  let isThere: Bool

  init(_ opener: DatabaseOpener) throws {
    guard opener.exists else {
      isThere = false
      return
    }
    isThere = try opener.reporting("look at the tables") { try $0.knownVersion() != nil }
  }
}
