import Foundation
import Support

/// Small programs in place of the real ones, for faults that those can't produce on demand.
///
/// Each ends with the status that a variable names (`FETCH=75`), a number above 128 by that signal.
enum StandIns {
  static func place(in sandbox: Sandbox) throws {
    let bin = sandbox.folder.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    for (name, body) in programs {
      try sandbox.write("#!/usr/bin/env bash\n" + end + body, to: "bin/\(name)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: bin.appendingPathComponent(name).path)
    }
  }

  /// Runs tt-sync in a sandbox where the stand-ins come first on the PATH.
  static func sync(
    _ sandbox: Sandbox, _ arguments: String = "", _ environment: [String: String] = [:]
  ) async throws -> Sandbox.Outcome {
    try await script(sandbox, "\"$TT_ROOT/scripts/tt-sync\" \(arguments)", environment)
  }

  static func script(
    _ sandbox: Sandbox, _ text: String, _ environment: [String: String] = [:]
  ) async throws -> Sandbox.Outcome {
    try await sandbox.shell("PATH=$PWD/bin:$PATH\n" + text, environment: environment)
  }

  private static let end = """
    end() { if (($1 > 128)); then kill -s $(($1 - 128)) $$; else exit "$1"; fi; }

    """

  private static let programs = [
    "tt-load": """
    if [[ $1 == state ]]; then
      cat states 2>/dev/null
      end "${STATE:-0}"
    fi
    echo "$*" >load-arguments
    cat >loaded
    [[ ${LOAD:-0} == 0 ]] || echo 'tt-load: error: no "database"' >&2
    end "${LOAD:-0}"

    """,
    "tt-tz": """
    cat
    end "${TZ_STATUS:-0}"

    """,
    "tt-fetch": """
    echo "$*" >fetch-arguments
    cat >fetch-input
    echo '{"record":"stream","version":1}'
    cat records 2>/dev/null
    if [[ -e wait ]]; then
      touch waiting
      while [[ -e wait ]]; do sleep 0.02; done
    fi
    end "${FETCH:-0}"

    """,
  ]
}

extension Sandbox {
  func text(_ name: String) -> String {
    let data = (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  func lines(_ name: String) -> [String] {
    text(name).split(separator: "\n").map(String.init)
  }

  func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// What the last run came to.
  func lastRun() throws -> [String: Any] { try object("state/last-run.json") }

  func object(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}
