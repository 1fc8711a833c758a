import ArgumentParser
import Console
import Database
import ODBC
import Records
import Schema

extension Load {
  /// Prints where reading each calendar stands, for tt-fetch to go on from.
  struct State: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Print what tt-fetch needs to read only what changed.",
      discussion: "For example: tt-load state | tt-fetch - | tt-tz | tt-load")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func run(_ world: World) throws {
      let opener = try DatabaseOpener(option: database.db, world)
      var output = StandardOutput()
      if opener.exists {
        try opener.reporting("read the state") {
          let database = try opener.open(creates: false)
          try write(database, to: &output)
        }
      }
      try output.close()
    }

    private func write(_ database: borrowing Database, to output: inout StandardOutput) throws {
      guard try database.schemaVersion() == SchemaVersion.current else { return }
      var statement = try database.connection.prepare(
        """
        SELECT user_id, calendar_id, window_start, window_end, mail, mode, last_full_at,
          last_round_at, delta_link
        FROM sync_state WHERE last_round_at IS NOT NULL
        ORDER BY user_id, calendar_id, window_start
        """)
      try statement.bind(
        columns: [
          .text(Limit.userID), .text(Limit.identifier), .text(40), .text(40), .text(Limit.mail),
          .text(8), .text(40), .text(40), .longText,
        ])
      try statement.execute()
      while try statement.next() {
        let record = StateRecord(
          key: CalendarKey(user: statement.text(0) ?? "", calendar: statement.text(1) ?? ""),
          mail: statement.text(4), mode: statement.text(5) == "delta" ? .delta : .full,
          window: RoundRecord.Window(
            start: statement.text(2) ?? "", end: statement.text(3) ?? ""),
          deltaLink: statement.text(8), lastFullAt: statement.text(6),
          finishedAt: statement.text(7))
        record.write(to: &output.buffer)
        try output.settle()
      }
    }
  }
}
