import Foundation
import Schema
import Support
import Testing

@testable import tt_load

/// Every statement that goes to SQL Server is T-SQL, says a parser that isn't ours.
@Suite struct TSQLTextTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let script = root.appending(path: "scripts/check-tsql").path
  static let hasParser = FileManager.default.isExecutableFile(
    atPath: root.appending(path: ".build/tsql-parser/bin/python").path)

  @Test(.enabled(if: hasParser, "scripts/setup-tsql-parser was not run"))
  func `tables and rounds are T-SQL`() async throws {
    let statements =
      Tables.definitions(.sqlServer) + [Tables.versionNote(.sqlServer)] + SQLServerStatements.all
    try await expectTSQL(statements, atLeast: 30)
  }

  /// The statements that stand where they are used, and mean the same in both languages or say which is which.
  @Test(.enabled(if: hasParser, "scripts/setup-tsql-parser was not run"))
  func `statements in the code are T-SQL`() async throws {
    var statements: [String] = []
    for folder in ["Sources/tt-load", "Sources/Shared/Database"] {
      let place = Self.root.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: place.path)
      where name.hasSuffix(".swift") && !name.hasPrefix("SQL") {
        let source = try String(contentsOf: place.appending(path: name), encoding: .utf8)
        statements += SwiftLiterals(source).texts.filter(Self.isForSQLServer)
      }
    }
    try await expectTSQL(statements, atLeast: 30)
  }

  @Test(.enabled(if: hasParser, "scripts/setup-tsql-parser was not run"))
  func `scripts for people are T-SQL`() async throws {
    let outcome = try await Sandbox.with {
      try await $0.shell("'\(Self.script)' '\(Self.root.path)'/scripts/sql/*.sql")
    }
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test(.enabled(if: hasParser, "scripts/setup-tsql-parser was not run"))
  func `a statement that is none is found`() async throws {
    let outcome = try await Sandbox.with { sandbox in
      try sandbox.write("SELECT a FROM b\0UPDATE t SET a = = 1", to: "in")
      return try await sandbox.shell("'\(Self.script)' <in")
    }
    #expect(outcome.status == 65)
    #expect(outcome.output == "2 statements, 1 not T-SQL\n")
  }

  private func expectTSQL(_ statements: [String], atLeast count: Int) async throws {
    #expect(statements.count >= count)
    let outcome = try await Sandbox.with { sandbox in
      try sandbox.write(statements.joined(separator: "\0"), to: "in")
      return try await sandbox.shell("'\(Self.script)' <in")
    }
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  private static func isForSQLServer(_ text: String) -> Bool {
    let verbs = [
      "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "DROP ", "DECLARE ", "SET ", "BEGIN ",
      "IF ",
    ]
    let sqliteOnly = [
      "pragma_", "sqlite_master", "IMMEDIATE", "changes()", "LIMIT", "TABLE x AS", "NOCASE",
      "INNER JOIN calendar_event e ON e.event_id = l.event_id\n",
    ]
    return verbs.contains { text.hasPrefix($0) } && !sqliteOnly.contains { text.contains($0) }
  }
}

/// The string literals of Swift source, with a name in place of what is put in when the program runs.
struct SwiftLiterals {
  private(set) var texts: [String] = []

  init(_ source: String) {
    var rest = source[...]
    while let start = rest.firstIndex(of: "\"") {
      let isLong = rest[start...].hasPrefix("\"\"\"")
      rest = rest[start...].dropFirst(isLong ? 3 : 1)
      texts.append(Self.literal(&rest, isLong: isLong))
    }
  }

  private static func literal(_ rest: inout Substring, isLong: Bool) -> String {
    var text = ""
    while let character = rest.first {
      if rest.hasPrefix(isLong ? "\"\"\"" : "\"") {
        rest = rest.dropFirst(isLong ? 3 : 1)
        break
      }
      rest.removeFirst()
      guard character == "\\" else {
        text.append(character)
        continue
      }
      if rest.popFirst() == "(" { text += stand(for: interpolation(&rest), after: text) }
    }
    return text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
  }

  /// Takes an interpolation's source, up to its closing parenthesis.
  private static func interpolation(_ rest: inout Substring) -> String {
    var depth = 1
    var source = ""
    while let character = rest.popFirst() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      guard depth > 0 else { break }
      source.append(character)
    }
    return source
  }

  private static func stand(for source: String, after text: String) -> String {
    if source.contains("isNew") { return "" }
    if source == "join" { return "INNER JOIN calendar_event e ON e.event_id = l.event_id" }
    let before = text.filter { !$0.isWhitespace }
    if before.hasSuffix("SET") { return "x = 1" }
    return text.hasSuffix("'") ? "0" : "x"
  }
}
