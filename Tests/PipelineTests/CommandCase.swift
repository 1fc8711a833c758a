import Foundation
import Support
import Testing

/// One scenario of the command line, as files in a folder: `Cases/<tool>/<what a user sees>/`.
///
/// `args` (one argument a line) or `cmd` (a bash script), `stdin`, `env` (NAME=VALUE lines) and `files/` go in;
/// `stdout`, `stderr` and `status` are compared byte for byte. A file that is missing stands for an empty one,
/// a missing status for 0.
struct CommandCase: Sendable, CustomTestStringConvertible {
  let tool: String
  let folder: URL

  var testDescription: String { "\(tool): \(folder.lastPathComponent)" }

  static let all: [CommandCase] = {
    let root = Products.root.appendingPathComponent("Tests/PipelineTests/Cases")
    return folders(root).flatMap { tool in
      folders(tool).map { CommandCase(tool: tool.lastPathComponent, folder: $0) }
    }
  }()

  /// What loading must do on every kind of database: these find theirs in `TT_DB`, empty.
  static let forDatabases: [CommandCase] = folders(
    Products.root.appendingPathComponent("Tests/PipelineTests/DatabaseCases")
  ).map { CommandCase(tool: "tt-load", folder: $0) }

  private static func folders(_ parent: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map(parent.appendingPathComponent)
  }

  func run(_ surroundings: [String: String] = [:]) async throws -> Sandbox.Outcome {
    try await Sandbox.with { sandbox in
      try copyFiles(to: sandbox)
      let stdin = folder.appendingPathComponent("stdin").path
      var environment = lines("env").reduce(into: surroundings) { result, line in
        let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        result[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
      }
      environment["TT_STDIN"] = FileManager.default.fileExists(atPath: stdin) ? stdin : "/dev/null"
      if let script = text("cmd") {
        return try await sandbox.shell("exec <\"$TT_STDIN\"\n" + script, environment: environment)
      }
      return try await sandbox.run(tool, lines("args"), environment: environment)
    }
  }

  func expected(_ name: String) -> String { text(name) ?? "" }

  var expectedStatus: Int32 {
    text("status").flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 0
  }

  /// Makes what was seen what is expected; an empty stream has no file.
  func accept(_ outcome: Sandbox.Outcome) throws {
    try put(outcome.stdout, "stdout")
    try put(outcome.stderr, "stderr")
    try put(outcome.status == 0 ? [] : Array("\(outcome.status)\n".utf8), "status")
  }

  private func put(_ bytes: [UInt8], _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    if bytes.isEmpty {
      try? FileManager.default.removeItem(at: file)
    } else {
      try Data(bytes).write(to: file)
    }
  }

  private func copyFiles(to sandbox: Sandbox) throws {
    let files = folder.appendingPathComponent("files")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: files.path)) ?? [] {
      try FileManager.default.copyItem(
        at: files.appendingPathComponent(name), to: sandbox.folder.appendingPathComponent(name))
    }
  }

  private func text(_ name: String) -> String? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  private func lines(_ name: String) -> [String] {
    var lines = (text(name) ?? "").components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
