import ODBC
import Records

/// A round on its way into the database, as the writers need it.
struct RoundToWrite {
  /// Where the events belong.
  enum Scope: Equatable {
    /// No slice: bare events, which only come in.
    case bare
    /// A slice that only grows, since the round isn't known to be whole.
    case partial(slice: Int)
    /// The round's events replace the slice's.
    case full(slice: Int, window: RoundRecord.Window)
    /// The round's events and removals change the slice.
    case delta(slice: Int)
  }

  let pending: PendingRound
  let content: RoundContent
  let scope: Scope
  /// The slice is a new one: there is nothing in it to look at.
  let holdsNothing: Bool
  let owner: Owner
  /// `2026-11-23 12:00:00.000`, UTC.
  let now: String
}

/// The person whose mailbox it is, as every row of it says.
struct Owner: Equatable {
  var mail: String?
  var name: String?
}

/// Brings events, their categories and their slice's members into the tables; one for each kind of database.
///
/// Called inside a transaction that no other loader of the same mailbox shares; `lock` takes a further lock.
protocol EventWriter: AnyObject {
  func write(
    _ round: RoundToWrite, _ categories: CategoryTable, on connection: borrowing Connection,
    lock: (String) throws(ODBCError) -> Void
  ) throws -> Tally
}
