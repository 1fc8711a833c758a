import Console
import Identity

/// The token of this run: given from outside or got by ourselves, and renewed while the run goes on.
struct TokenKeeper {
  private var token: AccessToken?
  private let source: TokenSource?
  /// When the last renewal failed, though the old token was still good.
  private var nextRenewal = 0.0

  /// - Parameter source: where tokens come from; nil when no credential is configured.
  init(given: AccessToken?, source: TokenSource?) {
    token = given
    self.source = source
  }

  /// A token for a request that goes out now.
  mutating func current(now: Double) throws -> String {
    if let token, !token.isDue(at: now) || (now < nextRenewal && !token.hasExpired(at: now)) {
      return token.text
    }
    guard let source else { return try withoutSource(now) }
    do {
      let new = try source.token()
      token = new
      return new.text
    } catch {
      guard let token, !token.hasExpired(at: now) else { throw error }
      nextRenewal = now + 15
      return token.text
    }
  }

  private func withoutSource(_ now: Double) throws -> String {
    guard let token, !token.hasExpired(at: now) else {
      throw Failure(
        .notAllowed, "the token from standard input has expired",
        hint: "set TENANT_ID, CLIENT_ID and CLIENT_SECRET, so that tt-fetch can renew it")
    }
    return token.text
  }

  /// Replaces a token that the service refused, unless somebody did so already.
  mutating func renew(rejected: String, claims: String?) throws {
    guard token?.text == rejected else { return }
    guard let source else {
      throw Failure(
        .notAllowed, "Graph doesn't accept the token from standard input",
        hint: "get a fresh one with tt-auth")
    }
    if let claims {
      token = try source.token(claims: claims)
    } else {
      token = try source.token(rejected: rejected)
    }
  }

  /// What was granted to the app, as far as the token says.
  var roles: [String] { token?.claims.roles ?? [] }
}
