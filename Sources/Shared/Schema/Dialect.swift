/// The two languages that the statements are written in.
package enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  /// SQL Server 2017 and later, and Azure SQL.
  case sqlServer = "tsql"
}
