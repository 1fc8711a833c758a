import Foundation
import Subprocess

/// The simulated tenant as a running server: gone when the work is done.
package struct SimulatedTenant: Sendable {
  /// Where it listens, for example `http://127.0.0.1:40123`.
  package let url: String
  /// What programs need in their environment to work against it.
  package let environment: [String: String]

  /// Runs `body` against a new tenant that is made from these options.
  package static func with<Result: Sendable>(
    _ arguments: [String] = [], _ body: @Sendable (SimulatedTenant) async throws -> Result
  ) async throws -> Result {
    let path = Products.folder.appendingPathComponent("tenant").path
    let run = try await Subprocess.run(
      .name("bash"),
      arguments: .init(["-c", "exec \"$0\" \"$@\"", path, "--port", "0"] + arguments),
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      defer { try? execution.send(signal: .terminate) }
      for try await line in execution.standardOutput.strings() {
        return try await body(try SimulatedTenant(announcement: line))
      }
      throw NotStarted()
    }
    return run.closureResult
  }

  private struct NotStarted: Error {}

  private struct Announcement: Decodable {
    let url: String
    let tenantId: String
    let clientId: String
    let clientSecret: String
    let identityEndpoint: String
    let identityHeader: String
    let groupId: String
  }

  private init(announcement: String) throws {
    let told = try JSONDecoder().decode(Announcement.self, from: Data(announcement.utf8))
    url = told.url
    environment = [
      "GRAPH_ENDPOINT": told.url,
      "AZURE_AUTHORITY_HOST": told.url,
      "TENANT_ID": told.tenantId,
      "CLIENT_ID": told.clientId,
      "CLIENT_SECRET": told.clientSecret,
      "TENANT_URL": told.url,
      "TENANT_IDENTITY_ENDPOINT": told.identityEndpoint,
      "TENANT_IDENTITY_HEADER": told.identityHeader,
      "TENANT_GROUP": told.groupId,
    ]
  }
}
