import Foundation
import Support
import Testing

/// One conformance suite at the command line: the same cases with the same answers on each kind of database.
///
/// The server's tables are dropped before each case. The connection string, which has a password in it, goes through
/// the environment only.
@Suite(.serialized) struct DatabaseCaseTests {
  private static let server = ProcessInfo.processInfo.environment["TT_TEST_SQLSERVER"]
  private static let isUpdating = ProcessInfo.processInfo.environment["TT_UPDATE_CASES"] != nil

  @Test(arguments: CommandCase.forDatabases)
  func `SQLite does as the case says`(scenario: CommandCase) async throws {
    try await check(scenario, database: "sqlite:t.db")
  }

  @Test(
    .enabled(if: server != nil, "TT_TEST_SQLSERVER names no server"),
    arguments: CommandCase.forDatabases)
  func `SQL Server does as the case says`(scenario: CommandCase) async throws {
    try await ServerTurn.with {
      let server = try #require(Self.server)
      let dropped = try await Sandbox.with {
        try await $0.run("tt-load", ["drop", "--yes"], environment: ["TT_DB": server])
      }
      try #require(dropped.status == 0, "\(dropped.messages)")
      try await check(scenario, database: server)
    }
  }

  private func check(_ scenario: CommandCase, database: String) async throws {
    let outcome = try await scenario.run(["TT_DB": database])
    if Self.isUpdating, database == "sqlite:t.db", outcome.output != scenario.expected("stdout") {
      try scenario.accept(outcome)
      Issue.record("rewritten: look at the difference")
      return
    }
    #expect(outcome.output == scenario.expected("stdout"))
    #expect(outcome.messages == scenario.expected("stderr"))
    #expect(outcome.status == scenario.expectedStatus)
  }
}
