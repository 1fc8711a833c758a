import ArgumentParser
import CivilTime
import Console
import Database
import ODBC
import Schema

extension Load {
  /// Removes for good what has been marked deleted for long.
  struct Purge: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Remove events for good that were marked deleted before a date.")

    @Option(help: ArgumentHelp("Midnight UTC of this day, 2026-01-31.", valueName: "date"))
    var deletedBefore: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard CivilDate(deletedBefore) != nil else {
        throw ValidationError("--deleted-before is no date like 2026-01-31: \"\(deletedBefore)\"")
      }
    }

    func run(_ world: World) throws {
      let opener = try DatabaseOpener(option: database.db, world)
      guard opener.exists else { return world.log.info("0 events removed") }
      let retrying = Retrying(opener, limitSeconds: 60, world.log) { try Session($0) }
      let count = try retrying.withDatabase("purge") { opened in
        guard try opened.knownVersion() == SchemaVersion.current else { return 0 }
        var total = 0
        while true {
          let count = try opened.transaction(lock: nil) { try purge(opened) }
          total += count
          if count == 0 { return total }
        }
      }
      world.log.info("\(counted(count, "event")) removed")
    }

    /// Some thousand rows at a time, so that nobody waits long for a lock.
    ///
    /// Links go with their events.
    private func purge(_ database: borrowing Database) throws(ODBCError) -> Int {
      let text =
        database.dialect == .sqlite
        ? """
        WITH t(day) AS (SELECT ?) DELETE FROM calendar_event WHERE event_key IN (
          SELECT event_key FROM calendar_event
          WHERE is_deleted = 1 AND updated_at < (SELECT day FROM t) LIMIT 5000)
        """
        : """
        DELETE TOP (5000) FROM calendar_event
        WHERE is_deleted = 1 AND updated_at < CAST(? AS DATETIME2(3))
        """
      var statement = try database.connection.prepare(text)
      try statement.set(0, deletedBefore + " 00:00:00")
      try statement.execute()
      guard database.dialect == .sqlite else { return max(0, try statement.rowCount()) }
      return try database.number("SELECT changes()") ?? 0
    }
  }
}
