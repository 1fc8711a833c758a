import Foundation
import Support
import Testing

@testable import tt_report

/// Regular expressions of rules.
@Suite struct ExpressionTests {
  @Test func `what is found is what Python finds`() async throws {
    let outcome = try await Sandbox.with {
      try await $0.shell("python3 \"$TT_ROOT/Tests/ReportTests/Oracle/expressions.py\" 5000 1")
    }
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == 5000, "\(outcome.messages)")
    for line in lines {
      let words = try JSONDecoder().decode([String].self, from: Data(line.utf8))
      let isFound = try Expression(words[0]).isFound(in: words[1])
      #expect(isFound == (words[2] == "yes"), "\(words)")
    }
  }

  /// With an engine that goes back, none of these ends in a lifetime.
  @Test(arguments: [
    #"(a+)+$"#, #"^(\w+\s?)+:$"#, "(a|a)*b", "(a|aa)+$", "(.*)*x", "(.*.*.*.*.*.*)+x", "((a*)*)*b",
    "(?:a?){30}b", #"(\w*\w*)*!!"#,
  ])
  func `no text makes a search long`(source: String) throws {
    let text = String(repeating: "a", count: 50_000) + "!"
    #expect(try !Expression(source).isFound(in: text))
  }

  @Test func `case doesn't matter, in any script`() throws {
    #expect(try Expression("BÜRO|ΣΊΣΥΦΟΣ").isFound(in: "im büro"))
    #expect(try Expression("^Σίσυφος ε").isFound(in: "ΣΊΣΥΦΟΣ ΕΔΏ"))
  }

  @Test func `a text may hold anything`() throws {
    #expect(try Expression("^a.b$").isFound(in: "a\u{0}b"))
    #expect(try Expression(#"\x{1F35C}"#).isFound(in: "🍜"))
    #expect(try Expression("^$").isFound(in: ""))
  }

  @Test(arguments: [#"(a)\1"#, "(", "a)(b", "[", "a{3,1}", "(?=a)", "a**{"])
  func `what can't be searched for is refused`(source: String) {
    #expect(throws: ExpressionFault.self) { try Expression(source) }
  }
}
