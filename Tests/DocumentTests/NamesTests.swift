import Foundation
import Support
import Testing

/// What programs know by name, and what documents tell of it.
@Suite struct NamesTests {
  /// All text of the documents that users read, man pages aside.
  private func guides() throws -> String {
    try Document.all.map { try read($0.path) }.joined(separator: "\n")
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: Products.path(path), encoding: .utf8)
  }

  /// The text of the files below a folder whose names end so.
  private func text(of folder: String, endingIn suffix: String) throws -> String {
    let names =
      FileManager.default.enumerator(atPath: Products.path(folder))?
      .compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(suffix) }.sorted()
      .map { try read("\(folder)/\($0)") }.joined(separator: "\n")
  }

  /// The environment variables that the programs and tt-sync look up.
  private func variables() throws -> Set<String> {
    let sources = try text(of: "Sources", endingIn: ".swift")
    let named = sources.matches(of: #/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/#).map { String($0.1) }
    let looked = sources.matches(of: #/environment\["([A-Z]+)"\]/#).map { String($0.1) }
    let scripts = try text(of: "scripts/sync", endingIn: ".bash")
    let settings = scripts.matches(of: #/\b(?:setting|number|seconds) ([A-Z]{2,}[A-Z_]*)/#)
      .map { String($0.1) }.filter { $0 != "NAME" }
    #expect(named.count > 20 && !looked.isEmpty && settings.count > 10)
    return Set(named + looked + settings)
  }

  @Test func `each environment variable stands in a manual page and in a document`() throws {
    let pages = try text(of: "packaging/man", endingIn: "")
    let guides = try guides()
    for name in try variables().sorted() {
      let isName = try Regex("\\b\(name)\\b")
      #expect(pages.contains(isName), "\(name) is in no manual page")
      #expect(guides.contains(isName), "\(name) is in neither README.md nor docs/")
    }
  }

  @Test func `the settings of tt-sync stand in its help`() async throws {
    let help = try await Sandbox.with { try await $0.shell("\"$TT_ROOT/scripts/tt-sync\" --help") }
    let scripts = try text(of: "scripts/sync", endingIn: ".bash")
    let page = try read("packaging/man/tt-sync.1")
    for match in scripts.matches(of: #/\b(?:setting|number|seconds) ([A-Z]{2,}[A-Z_]*)/#)
    where match.1 != "NAME" {
      #expect(help.output.contains(match.1), "\(match.1)")
    }
    for match in help.output.matches(of: #/(?m)^  (?:-h, )?--([a-z-]+)/#) {
      #expect(page.contains("Fl -\(match.1)") || page.contains(", -\(match.1)"), "\(match.1)")
    }
  }

  @Test func `messages in the guide to troubles are those that programs print`() throws {
    let sources =
      try text(of: "Sources", endingIn: ".swift").replacing("\\\"", with: "\"")
      + text(of: "scripts/sync", endingIn: ".bash")
    let guide = try read("docs/troubleshooting.md")
    let section = try #require(guide.split(separator: "\n## ").first { $0.hasPrefix("By message") })
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 10)
    for row in rows {
      let cell = row.split(separator: " | ")[0]
      for message in cell.matches(of: #/`([^`]+)`/#).map({ String($0.1) }) {
        for part in message.components(separatedBy: "…") where part.count > 2 {
          let words = part.trimmingCharacters(in: .whitespaces)
          let isThere = sources.contains(words)
          #expect(isThere, "no program says \(words)")
        }
      }
    }
  }

  /// Options of other programs that appear in examples: of az, parallel, systemctl, scripts/install.
  private static let foreign: Set = [
    "--api", "--api-permissions", "--display-name", "--id", "--query", "--sign-in-audience",
    "--env", "--halt", "--jobs", "--quote", "--results", "--sshlogin", "--sshloginfile",
    "--now", "--prefix",
  ]

  @Test func `documents name no option that there isn't`() async throws {
    let known = Set(try await CommandHelp.all().flatMap { $0.options.joined() })
      .union(["--loop", "--full", "--help", "--version", "--env-file"])
    for document in Document.all {
      for match in try read(document.path).matches(of: #/--[a-z][a-z0-9-]+/#)
      where !Self.foreign.contains(String(match.0)) {
        #expect(known.contains(String(match.0)), "\(document.path): \(match.0)")
      }
    }
  }
}
