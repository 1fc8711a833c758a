import Console
import ZoneDatabase

/// The system's tz database, or a failure (66) that says what to do.
func openDatabase(_ environment: Environment) throws -> ZoneDatabase {
  try orFailure { () throws(ZoneDatabaseFault) in
    try ZoneDatabase(tzdir: environment["TZDIR"])
  }
}

/// Turns a fault of the tz database into a failure.
func orFailure<Result>(_ body: () throws(ZoneDatabaseFault) -> Result) throws -> Result {
  do {
    return try body()
  } catch {
    throw Failure(.missingInput, "\(error)", hint: error.hint)
  }
}
