import ArgumentParser
import Console
import Database

extension Load {
  /// Makes the tables, or brings older ones up to date.
  struct Init: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Create the tables, or upgrade those of an earlier version; loading does it too.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func run(_ world: World) throws {
      let opener = try DatabaseOpener(option: database.db, world)
      let retrying = Retrying(opener, limitSeconds: 60, world.log) { try Session($0) }
      let outcome = try retrying.withDatabase("create the tables") { opened in
        try SchemaUpgrade(log: world.log).run(on: opened)
      }
      switch outcome {
      case .created: world.log.info("tables created")
      case .upgraded(let version): world.log.info("tables upgraded from version \(version)")
      case .unchanged: world.log.info("tables are up to date")
      }
    }
  }
}
