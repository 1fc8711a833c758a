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
        try opener.reporting("read the state") { try write($0, to: &output) }
      }
      try output.close()
    }

    /// A window without a link and without events, as one that was retired, leaves nothing to go on from.
    private func write(_ database: borrowing Database, to output: inout StandardOutput) throws {
      guard try database.knownVersion() == SchemaVersion.current else { return }
      let texts = ["user_id", "calendar_id", "mail", "delta_link"].map(database.dialect.exact)
      var statement = try database.connection.prepare(
        """
        SELECT window_start, window_end, mode, last_full_at, last_round_at,
          \(texts.joined(separator: ", "))
        FROM sync_state
        WHERE last_round_at IS NOT NULL AND (delta_link IS NOT NULL OR mode = 'delta'
          OR EXISTS (SELECT 1 FROM sync_state_event m WHERE m.slice_id = sync_state.slice_id))
        ORDER BY user_id, calendar_id, window_start
        """)
      try statement.bind(
        columns: [.text(40), .text(40), .text(8), .text(40), .text(40)]
          + texts.map { _ in Column.exactText })
      try statement.execute()
      while try statement.next() {
        let record = StateRecord(
          key: CalendarKey(user: statement.text(5) ?? "", calendar: statement.text(6) ?? ""),
          mail: statement.text(7), mode: statement.text(2) == "delta" ? .delta : .full,
          window: RoundRecord.Window(
            start: statement.text(0) ?? "", end: statement.text(1) ?? ""),
          deltaLink: statement.text(8), lastFullAt: statement.text(3),
          finishedAt: statement.text(4))
        record.write(to: &output.buffer)
        try output.settle()
      }
    }
  }
}
