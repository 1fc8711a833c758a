import ArgumentParser
import Console
import Database
import NDJSON
import Schema

extension Load {
  /// Prints the table definitions, to read them or to have somebody else run them.
  struct PrintSchema: Tool {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Print the statements that create the tables.")

    @Option(help: "The language: sqlite or tsql. The default is that of the database in use.")
    var dialect: Dialect?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func run(_ world: World) throws {
      let chosen =
        try dialect ?? DatabaseOpener(option: database.db, world).expectedDialect
      var output = StandardOutput()
      for statement in Tables.definitions(chosen) {
        output.buffer.append(text: statement + ";\n\n")
      }
      output.buffer.append(text: Tables.versionNote(chosen) + "\n")
      try output.close()
    }
  }
}

extension Dialect: ExpressibleByArgument {}
