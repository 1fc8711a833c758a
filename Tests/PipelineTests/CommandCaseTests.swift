import Foundation
import Support
import Testing

@Suite struct CommandCaseTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["TT_UPDATE_CASES"] != nil

  /// With `TT_UPDATE_CASES` set, the files are rewritten and the test fails, so that the change is reviewed.
  @Test(arguments: CommandCase.all)
  func `a program says and does what its case shows`(scenario: CommandCase) async throws {
    let outcome = try await scenario.run()
    let isSame =
      outcome.output == scenario.expected("stdout")
      && outcome.messages == scenario.expected("stderr")
      && outcome.status == scenario.expectedStatus
    if Self.isUpdating, !isSame {
      try scenario.accept(outcome)
      Issue.record("rewritten: look at the difference")
      return
    }
    #expect(outcome.output == scenario.expected("stdout"))
    #expect(outcome.messages == scenario.expected("stderr"))
    #expect(outcome.status == scenario.expectedStatus)
  }

  @Test func `there are cases`() {
    #expect(!CommandCase.all.isEmpty)
  }
}
