import Foundation
import Support
import Testing

@Suite struct ManualTests {
  /// Runs `body` with the generated pages by name, `tt-load-state` for example.
  private func withPages(_ body: (Sandbox, [String: String]) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.shell(
        "\"$TT_ROOT/scripts/generate-manuals\" '\(Products.folder.path)' man && ls man")
      #expect(outcome.status == 0, "\(outcome.messages)")
      var pages: [String: String] = [:]
      for name in outcome.output.split(separator: "\n") {
        pages[String(name.dropLast(2))] = sandbox.text("man/\(name)")
      }
      try await body(sandbox, pages)
    }
  }

  @Test func `each program and subcommand has a page, and each option stands in it`() async throws {
    try await withPages { _, pages in
      let commands = try await CommandHelp.all()
      for command in commands {
        let name = command.words.joined(separator: "-")
        let page = try #require(pages[name], "no page of \(name)")
        for names in command.options {
          let label = names.sorted { $0.count < $1.count }
            .map { name in
              let long = name.hasPrefix("--") ? "-" : ""
              return "Fl \(long)" + name.drop { $0 == "-" }.replacing("-", with: "\\-")
            }.joined(separator: " , ")
          #expect(
            page.contains(".It \(label)\n") || page.contains(".It \(label) Ar "),
            "\(name): \(names) is not in its manual page")
        }
      }
      let names = Set(commands.map { $0.words.joined(separator: "-") } + ["tt-sync"])
      #expect(Set(pages.keys) == names)
    }
  }

  @Test func `a page of a program has the options of what runs without a subcommand`() async throws
  {
    try await withPages { _, pages in
      for (page, option) in [
        ("tt-auth", "raw"), ("tt-fetch", "user"), ("tt-load", "rejects"), ("tt-report", "pivot"),
      ] {
        #expect(pages[page]?.contains(".It Fl -\(option)") == true, "\(page): --\(option)")
      }
    }
  }

  @Test func `pages refer to pages that there are`() async throws {
    try await withPages { _, pages in
      for (name, page) in pages {
        for match in page.matches(of: #/\.Xr (tt-[a-z-]+) 1/#) {
          #expect(pages[String(match.1)] != nil, "\(name) refers to \(match.1)")
        }
      }
    }
  }

  @Test(.enabled(if: Programs.has("mandoc"), "mandoc is not installed"))
  func `pages are what mdoc asks for`() async throws {
    try await withPages { sandbox, _ in
      let outcome = try await sandbox.shell(
        """
        mandoc -T lint -W warning man/*.1
        mandoc -T utf8 man/tt-fetch.1 | col -b | grep -c -e '^ *--user'
        """)
      let words = (outcome.output + outcome.messages).split(separator: "\n")
        .filter { !$0.contains("mandoc.db") }
      #expect(words == ["1"])
    }
  }
}
