/// The two languages that the statements are written in.
package enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  /// SQL Server 2017 and later, and Azure SQL.
  case sqlServer = "tsql"

  /// What to select for a text that may hold NULs, to be bound as `exactText`.
  package func exact(_ column: String) -> String {
    self == .sqlite ? "CASE WHEN \(column) IS NOT NULL THEN hex(\(column)) END" : column
  }

  /// A time as it is compared and copied: to milliseconds, as the columns keep them.
  package func time(_ value: String) -> String {
    self == .sqlite ? value : "CAST(\(value) AS DATETIME2(3))"
  }
}
