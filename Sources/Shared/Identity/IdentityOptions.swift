package import ArgumentParser
package import Console
package import HTTP

/// The options that say who a program is to the authority, and in which cloud.
package struct IdentityOptions: ParsableArguments {
  package enum Choice: String, CaseIterable, ExpressibleByArgument, Sendable {
    case auto, secret, certificate, federated
    case managedIdentity = "managed-identity"
  }

  @Option(help: "What to prove the identity with: auto takes the first that is configured.")
  package var credential: Choice = .auto

  @Option(help: "The cloud that the tenant belongs to.")
  package var cloud: Cloud = .global

  @Option(help: "How a certificate signs: ps256, or rs256 for older registrations.")
  package var signature: Credential.Signature = .ps256

  package init() {}
}

extension Cloud: ExpressibleByArgument {}
extension Credential.Signature: ExpressibleByArgument {}

extension IdentityOptions {
  /// Who asks for tokens here, and with what; a failure (78) says what is missing.
  package func settings(_ world: World, scope: String?) throws -> IdentitySettings {
    let environment = world.environment
    let authority = try Self.authority(environment, cloud)
    let tenant = environment.first(of: "TENANT_ID", "AZURE_TENANT_ID")
    let client = environment.first(of: "CLIENT_ID", "AZURE_CLIENT_ID")
    let finder = CredentialFinder(world: world, signature: signature, client: client)
    let credential = try finder.find(credential)
    if case .managedIdentity = credential {
    } else {
      try Self.require(tenant, "TENANT_ID", credential)
      try Self.require(client, "CLIENT_ID", credential)
    }
    let request = TokenRequest(
      tenant: tenant, client: client, authority: authority, scope: scope ?? cloud.scope)
    return IdentitySettings(request: request, credential: credential)
  }

  private static func require(_ value: String?, _ name: String, _ credential: Credential) throws {
    guard value == nil else { return }
    throw Failure(
      .configuration, "\(name) is not set, and the credential \(credential.word) needs it",
      hint: "set it in the environment or in .env; the portal shows it on the app's Overview page")
  }

  private static func authority(_ environment: Environment, _ cloud: Cloud) throws -> String {
    guard var text = environment["AZURE_AUTHORITY_HOST"] else { return cloud.authority }
    if !text.contains("://") { text = "https://" + text }
    while text.last == "/" { text.removeLast() }
    guard let origin = Origin(of: text), origin.isSafe else {
      throw Failure(
        .configuration, "AZURE_AUTHORITY_HOST is no https address: \(text)",
        hint: "plain http is for this machine (127.0.0.1) only")
    }
    return text
  }

  /// Where Graph is: `GRAPH_ENDPOINT`, else the cloud's.
  package func graphEndpoint(_ environment: Environment) throws -> String {
    guard var text = environment["GRAPH_ENDPOINT"] else { return cloud.graph }
    while text.last == "/" { text.removeLast() }
    guard let origin = Origin(of: text), origin.isSafe else {
      throw Failure(
        .configuration, "GRAPH_ENDPOINT is no https address: \(text)",
        hint: "plain http is for this machine (127.0.0.1) only")
    }
    let path = text.split(separator: "/").last?.lowercased()
    guard path != "v1.0", path != "beta", !text.contains("?"), !text.contains("#") else {
      throw Failure(
        .configuration, "GRAPH_ENDPOINT says more than where Graph is: \(text)",
        hint: "write the address alone, such as \(cloud.graph); the version is added")
    }
    return text
  }
}

/// Who asks for tokens, and with what.
package struct IdentitySettings: Sendable {
  package var request: TokenRequest
  package var credential: Credential

  /// The source that a program gets its tokens from, with the cache that all programs share.
  package func source(_ world: World, _ transport: any Transport) -> TokenSource {
    let cache = TokenCache.folder(world.environment)
      .map { TokenCache(folder: $0, request, credential: credential.word) }
    return TokenSource(
      request, credential, cache: cache, transport: transport, log: world.log)
  }
}
