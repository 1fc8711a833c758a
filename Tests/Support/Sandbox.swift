package import Foundation
import Subprocess

/// An empty folder with a home of its own, in which built programs run; gone when the work is done.
package struct Sandbox: Sendable {
  package let folder: URL

  /// What a program left behind when it ended.
  package struct Outcome: Sendable {
    package let stdout: [UInt8]
    package let stderr: [UInt8]
    /// As a shell tells it: 128 and the signal's number for one that a signal ended.
    package let status: Int32

    package var output: String { String(decoding: stdout, as: UTF8.self) }
    package var messages: String { String(decoding: stderr, as: UTF8.self) }
  }

  /// Runs `body` with a new sandbox.
  package static func with<Result>(
    _ body: (Sandbox) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(Sandbox(folder: folder))
  }

  /// Runs a built program with these arguments; `stdin` is a file in the sandbox's folder, or none.
  package func run(
    _ tool: String, _ arguments: [String] = [], stdin: String = "/dev/null",
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    let script = "cd \"$HOME\" && exec \"$0\" \"$@\" <\"$TT_STDIN\""
    let path = Products.folder.appendingPathComponent(tool).path
    return try await bash(
      ["-c", script, path] + arguments,
      environment: environment.merging(["TT_STDIN": stdin]) { given, _ in given })
  }

  /// Runs a bash script in which the programs stand on the PATH.
  package func shell(
    _ script: String, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await bash(["-c", "cd \"$HOME\"\n" + script], environment: environment)
  }

  /// Puts a file into the sandbox.
  package func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func bash(
    _ arguments: [String], environment: [String: String]
  ) async throws -> Outcome {
    let result = try await Subprocess.run(
      .name("bash"), arguments: .init(arguments), environment: .custom(variables(environment)),
      input: .none, output: .bytes(limit: 1 << 28), error: .bytes(limit: 1 << 28))
    return Outcome(
      stdout: result.standardOutput, stderr: result.standardError,
      status: status(result.terminationStatus))
  }

  private func status(_ status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  }

  /// Nothing of the surroundings gets in but what programs need to start.
  private func variables(_ extra: [String: String]) -> [Environment.Key: String] {
    let outer = ProcessInfo.processInfo.environment
    var variables = [
      "PATH": "\(Products.folder.path):\(outer["PATH"] ?? "/usr/bin:/bin")",
      "HOME": folder.path,
      "XDG_CACHE_HOME": folder.appendingPathComponent(".cache").path,
      "XDG_DATA_HOME": folder.appendingPathComponent(".local").path,
      "TT_ROOT": Products.root.path,
      "LANG": "C.UTF-8",
      "TZ": "UTC",
    ]
    for name in ["TT_TEST_SQLSERVER", "ODBCSYSINI", "TMPDIR"] where outer[name] != nil {
      variables[name] = outer[name]
    }
    variables.merge(extra) { _, new in new }
    return Dictionary(
      uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) })
  }
}
