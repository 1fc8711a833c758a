import Foundation
import Support
import Testing

/// Reports from a database against the slow oracle of reports, over random calendars, options, filters and rules.
@Suite(.serialized) struct DatabaseReportTests {
  private static let server = ProcessInfo.processInfo.environment["TT_TEST_SQLSERVER"]
  /// More of them before a release: `TT_ORACLE_CASES=2000 swift test --filter DatabaseReportTests`.
  private static let count = ProcessInfo.processInfo.environment["TT_ORACLE_CASES"] ?? "60"

  @Test func `reports from SQLite agree with the oracle`() async throws {
    try await check(database: "sqlite:t.db", seed: 11)
  }

  @Test(.enabled(if: server != nil, "TT_TEST_SQLSERVER names no server"))
  func `reports from SQL Server agree with the oracle`() async throws {
    let server = try #require(Self.server)
    try await ServerTurn.with { try await check(database: server, seed: 12) }
  }

  private func check(database: String, seed: Int) async throws {
    let outcome = try await Sandbox.with {
      try await $0.shell(
        "python3 \"$TT_ROOT/Tests/ReportTests/Oracle/oracle.py\" database \(Self.count) \(seed)",
        environment: ["TT_DB": database])
    }
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output == "")
  }
}
