import ODBC
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A database that the door's promises are tried on.
enum DatabaseUnderTest: CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, sqlServer

  /// SQLite always; a T-SQL server when `TT_TEST_SQLSERVER` has a connection string to one.
  static let available = allCases.filter { $0.connectionString != nil }

  var connectionString: String? {
    switch self {
    case .sqlite: "Driver=SQLite3;Database=:memory:"
    case .sqlServer: unsafe getenv("TT_TEST_SQLSERVER").map { unsafe String(cString: $0) }
    }
  }

  var testDescription: String { self == .sqlite ? "SQLite" : "SQL Server" }

  /// A type that holds a text of any length.
  var longType: String { self == .sqlite ? "TEXT" : "NVARCHAR(MAX)" }
  var temporaryTable: String { self == .sqlite ? "door" : "#door" }

  /// A literal of Unicode text.
  func literal(_ text: String) -> String { self == .sqlite ? "'\(text)'" : "N'\(text)'" }

  func connect() throws -> Connection {
    try Connection(try #require(connectionString))
  }
}
