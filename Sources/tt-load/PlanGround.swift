import Console
import Database
import Schema

/// Whether there is a database to plan a load against; planning neither makes tables nor upgrades them.
struct PlanGround {
  /// False where there are no tables yet: everything is new there, as in any empty database.
  let isThere: Bool

  init(_ opener: DatabaseOpener) throws {
    guard opener.exists else {
      isThere = false
      return
    }
    let version = try opener.reporting("look at the tables") {
      try opener.open(creates: false).schemaVersion()
    }
    guard version == nil || version == SchemaVersion.current else {
      throw Failure(
        .configuration, "the tables are of version \(version ?? 0), not \(SchemaVersion.current)",
        hint: "tt-load init upgrades older ones; a plan writes nothing")
    }
    isThere = version != nil
  }
}
