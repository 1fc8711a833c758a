import Foundation

/// A turn with the one database that `TT_TEST_SQLSERVER` names: tests drop the tables there, so they take turns.
package enum ServerTurn {
  private static let path = NSTemporaryDirectory() + "tt-test-sqlserver.lock"

  package static func with<Result>(_ body: () async throws -> Result) async throws -> Result {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 { try await Task.sleep(for: .milliseconds(50)) }
    return try await body()
  }
}
