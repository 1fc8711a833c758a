import Foundation
import Support
import Testing

/// A Markdown document of the project, named as a reader would.
struct Document: CustomTestStringConvertible, Sendable {
  let path: String

  var testDescription: String { path }

  var examples: [DocumentExample] {
    get throws {
      let text = try String(contentsOf: Products.root.appendingPathComponent(path), encoding: .utf8)
      return DocumentExample.all(in: text)
    }
  }

  static let all: [Document] = {
    let folder = Products.root.appendingPathComponent("docs").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let guides = names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    return (["README.md"] + guides).map(Document.init)
  }()
}

@Suite struct DocumentExampleTests {
  /// All blocks of a document run in one shell, in one empty folder, against a fresh simulated tenant whose
  /// calendars are filled around the first of November 2026.
  @Test(arguments: Document.all)
  func `what a document shows works`(document: Document) async throws {
    try await run(document, needs: [nil])
  }

  @Test(.enabled(if: Programs.pythonHas("duckdb"), "Python has no module duckdb"))
  func `what a document shows of DuckDB works`() async throws {
    try await run(Document(path: "docs/lake.md"), needs: [nil, "duckdb"])
  }

  private func run(_ document: Document, needs: [String?]) async throws {
    let examples = try document.examples.filter { $0.purpose == .run && needs.contains($0.need) }
    let commands = examples.flatMap { example in
      example.commands.map { (line: example.line, command: $0) }
    }
    guard !commands.isEmpty else { return }
    try await SimulatedTenant.with([
      "--now", "2026-11-01T09:00:00Z", "--people", "5", "--events", "20",
    ]) { tenant in
      try await Sandbox.with { sandbox in
        for (index, entry) in commands.enumerated() {
          try sandbox.write(entry.command.text + "\n", to: ".command-\(index)")
        }
        let outcome = try await sandbox.shell(
          script(commands.count), environment: tenant.environment)
        try check(outcome, commands.map(\.command), document, commands.map(\.line), sandbox)
      }
    }
  }

  @Test(arguments: Document.all)
  func `a document says of each shell block whether it is run`(document: Document) throws {
    let unmarked = try document.examples.filter { $0.purpose == .unmarked }.map(\.line)
    #expect(unmarked.isEmpty, "\(document.path): say run or norun behind the fence")
  }

  /// Runs each command as a reader's shell would, and stops at the first that fails.
  private func script(_ count: Int) -> String {
    """
    export NO_COLOR=1 COLUMNS=100 PATH=$TT_ROOT/scripts:$PATH
    set -euo pipefail
    for index in $(seq 0 \(count - 1)); do
      echo "$index" >.last
      source ./.command-$index >.output-$index 2>.messages-$index
    done
    """
  }

  private func check(
    _ outcome: Sandbox.Outcome, _ commands: [DocumentExample.Command], _ document: Document,
    _ lines: [Int], _ sandbox: Sandbox
  ) throws {
    let last = Int(sandbox.text(".last").trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    if outcome.status != 0 {
      Issue.record(
        """
        \(document.path), block at line \(lines[last]): status \(outcome.status)
        \(commands[last].text)
        \(sandbox.text(".output-\(last)"))\(sandbox.text(".messages-\(last)"))\(outcome.messages)
        """)
    }
    for (index, command) in commands.enumerated().prefix(last + 1) {
      let printed = sandbox.text(".output-\(index)")
      if outcome.status == 0, !command.expects(printed) {
        Issue.record(
          "\(document.path), block at line \(lines[index]): \(command.text)\nprinted:\n\(printed)")
      }
    }
  }
}

extension Sandbox {
  func text(_ name: String) -> String {
    let data = (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
