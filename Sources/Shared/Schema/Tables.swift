/// The tables, as each dialect defines them.
package enum Tables {
  /// The statements that create everything, in an order that foreign keys allow.
  package static func definitions(_ dialect: Dialect) -> [String] {
    switch dialect {
    case .sqlite: sqlite
    case .sqlServer: sqlServer
    }
  }

  /// All tables, those that refer to others first: the order in which they can be dropped.
  package static let names = [
    "sync_state_event", "sync_state", "sync_run", "calendar_event_calendar_category",
    "calendar_event", "calendar_category", "calendar_user", "schema_version",
  ]

  /// Those of them that the earlier program had, too.
  package static let earlierNames: Set<String> = [
    "calendar_event", "calendar_category", "calendar_event_calendar_category",
  ]

  /// The statement that notes which version the tables are of, for whoever creates them by hand.
  package static func versionNote(_ dialect: Dialect) -> String {
    let now = dialect == .sqlite ? "strftime('%Y-%m-%d %H:%M:%f', 'now')" : "SYSUTCDATETIME()"
    return """
      INSERT INTO schema_version (version, tool_version, applied_at)
      VALUES (\(SchemaVersion.current), 'by hand', \(now));
      """
  }
}
