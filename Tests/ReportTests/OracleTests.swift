import Console
import Foundation
import NDJSON
import Support
import Testing

@testable import tt_report

/// The engine against a slow second opinion in another language, over random calendars and options.
@Suite struct OracleTests {
  private struct Case: Decodable {
    let args: [String]
    let lines: [String]
    let rules: String
  }

  /// More of them before a release: `TT_ORACLE_CASES=20000 swift test --filter OracleTests`.
  private static let count =
    ProcessInfo.processInfo.environment["TT_ORACLE_CASES"].flatMap(Int.init) ?? 500

  @Test(arguments: [1, 2, 3, 4])
  func `reports agree to the second with a slow oracle`(seed: Int) async throws {
    let outcome = try await Sandbox.with {
      try await $0.shell(
        "python3 \"$TT_ROOT/Tests/ReportTests/Oracle/oracle.py\" cases \(Self.count) \(seed)")
    }
    try #require(outcome.status == 0, "\(outcome.messages)")
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == Self.count)
    var report = try ReportMaker([])
    for line in lines {
      let scenario = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
      if scenario.args != report.args { report = try .init(scenario.args) }
      let expected = try #require(try JSONTree(Array(line.utf8))["expected"])
      let rules = try RuleBook(text: scenario.rules, path: "rules.yaml")
      let found = try JSONTree(Array(try report.json(scenario.lines, rules).utf8))
      #expect(
        normal(found) == normal(expected),
        "\(scenario.args) \(scenario.rules) \(scenario.lines)")
      guard normal(found) == normal(expected) else { return }
    }
  }

  @Test func `gaps agree with a slow oracle`() async throws {
    let outcome = try await Sandbox.with {
      try await $0.shell(
        "python3 -B \"$TT_ROOT/Tests/ReportTests/Oracle/gaps.py\" \(Self.count / 10) 5")
    }
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output == "")
  }

  /// Numbers compare by value: `1.50` and `1.5` are the same.
  private func normal(_ tree: JSONTree) -> JSONTree {
    switch tree {
    case .number(let text): .number("\(Double(text) ?? .nan)")
    case .array(let elements): .array(elements.map(normal))
    case .object(let members): .object(members.mapValues(normal))
    default: tree
    }
  }
}
