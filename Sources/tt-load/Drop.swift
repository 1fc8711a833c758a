import ArgumentParser
import Console
import Database
import ODBC
import Schema

extension Load {
  /// Drops the tables with all that is in them.
  struct Drop: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Drop the tables with everything in them.")

    @Flag(help: "Yes, everything is to go.")
    var yes = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard yes else { throw ValidationError("this drops all rows for good; --yes does it") }
    }

    func run(_ world: World) throws {
      let opener = try DatabaseOpener(option: database.db, world)
      guard opener.exists else {
        return world.log.info("there is no database at \(opener.place)")
      }
      let retrying = Retrying(opener, limitSeconds: 60, world.log) { try Session($0) }
      let count = try retrying.withDatabase("drop the tables") { opened in
        try opened.transaction(lock: "schema") { try drop(opened) }
      }
      world.log.info("\(counted(count, "table")) dropped")
    }

    private func drop(_ database: borrowing Database) throws -> Int {
      _ = try database.knownVersion()
      var count = 0
      for name in Tables.names where try database.hasTable(name) {
        try database.connection.execute("DROP TABLE \(name)")
        count += 1
      }
      return count
    }
  }
}
