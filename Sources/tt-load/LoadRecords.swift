import ArgumentParser
import Console
import Database
import Records
import Schema

extension Load {
  /// Loads the stream on standard input: what tt-load does when no other word follows.
  struct Records: Tool {
    static let configuration = CommandConfiguration(
      commandName: "records", abstract: "Load the records on standard input (the default).",
      discussion: """
        Every round of the stream goes into the database whole or not at all. Loading the same twice \
        changes nothing. A stream that was cut off keeps its finished rounds, and the status is 75.
        """, version: productVersion)

    @OptionGroup var database: DatabaseOptions

    @Option(
      help: ArgumentHelp(
        "Put lines that can't be used into this file, which is made anew, as reject records, and go on.",
        valueName: "file"))
    var rejects: String?

    @Flag(
      help: """
        Say what would be new, changed, the same and deleted, and write nothing. Other loads wait \
        meanwhile.
        """)
    var plan = false

    @Flag(help: "Take rounds that hold fewer records than were read for whole ones.")
    var filtered = false

    @Option(
      help: ArgumentHelp(
        "Try again for this long when the database fails in a way that passes.",
        valueName: "seconds"))
    var maxRetrySeconds = 300

    @Option(
      help: ArgumentHelp(
        """
        Write so many rounds at once, each over a connection of its own (2 once there is much to write; \
        SQLite has only one).
        """, valueName: "number"))
    var connections: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard (1...32).contains(connections ?? 1) else {
        throw ValidationError("--connections is a number from 1 to 32")
      }
      guard !plan || connections ?? 1 == 1 else {
        throw ValidationError("--plan keeps to one connection: leave --connections out")
      }
      guard maxRetrySeconds >= 0 else {
        throw ValidationError("--max-retry-seconds can't be less than 0")
      }
    }

    func run(_ world: World) throws {
      var opener = try DatabaseOpener(option: database.db, world)
      if plan, try !PlanGround(opener).isThere {
        opener = try DatabaseOpener(option: "sqlite::memory:", world)
      }
      guard connections ?? 1 == 1 || !opener.settings.isSQLite else {
        throw Failure(
          .usage, "SQLite lets only one connection write", hint: "leave --connections out")
      }
      let loader = Loader(
        opener, keeps: !plan, connections: connections,
        maxRetrySeconds: Double(maxRetrySeconds), world.log)
      let options = StreamLoader.Options(
        isPlan: plan, showsProgress: isTerminal(2) && !common.quiet, filtered: filtered,
        rejectsPath: rejects,
        temporaryFolder: world.environment["TMPDIR"] ?? "/tmp")
      var handler = try StreamLoader(loader, options, world.log) { token in
        guard token.isForDatabases else { return }
        try loader.use(accessToken: token.accessToken)
      }
      try load(&handler, loader)
      try LoadSummary(handler, loader, rejects).tell(world.log)
    }

    private func load(_ handler: inout StreamLoader, _ loader: Loader) throws {
      var output = StandardOutput()
      do {
        try LineInput().pump(&handler, to: &output)
        try handler.finish(into: &output.buffer)
        try output.flush()
      } catch {
        throw loader.end(failed: error)
      }
      try loader.finish(handler.outcome)
      try output.close()
    }
  }
}

extension TokenRecord {
  /// Whether the token opens databases, in whichever cloud; one for Graph on its way through is none of ours.
  fileprivate var isForDatabases: Bool {
    scope?.contains("://database.") ?? false
  }
}
