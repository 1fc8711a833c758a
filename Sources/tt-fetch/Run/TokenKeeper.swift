import Console
import Identity

/// The token of this run: given from outside or got by ourselves, and renewed while the run goes on.
struct TokenKeeper {
  private var token: AccessToken?
  /// The one from standard input, while it is in use.
  private var given: AccessToken?
  private let source: TokenSource?
  /// When the last renewal failed, though the old token was still good.
  private var nextRenewal = 0.0

  /// - Parameter source: where tokens come from; nil when no credential is configured.
  init(given: AccessToken?, source: TokenSource?) {
    token = given
    self.given = given
    self.source = source
  }

  /// A token for a request that goes out now.
  mutating func current(now: Double) throws -> String {
    if let token, !token.isDue(at: now) || (now < nextRenewal && !token.hasExpired(at: now)) {
      return token.text
    }
    do {
      return try replace(Self.expired) { try $0.token() }
    } catch {
      guard let token, !token.hasExpired(at: now) else { throw error }
      nextRenewal = now + 15
      return token.text
    }
  }

  /// Replaces a token that the service refused, unless somebody did so already.
  mutating func renew(rejected: String, claims: String?) throws {
    guard token?.text == rejected else { return }
    _ = try replace(Self.refused) { source in
      if let claims { return try source.token(claims: claims) }
      return try source.token(rejected: rejected)
    }
  }

  /// - Parameter reason: why the token from standard input is of no use, where nothing else was configured.
  private mutating func replace(
    _ reason: Failure, _ ask: (TokenSource) throws -> AccessToken
  ) throws -> String {
    guard let source else { throw reason }
    do {
      let new = try ask(source)
      (token, given) = (new, nil)
      return new.text
    } catch let failure as Failure where given != nil && failure.status == .configuration {
      throw reason
    }
  }

  private static let expired = Failure(
    .notAllowed, "the token from standard input has expired",
    hint: "set TENANT_ID, CLIENT_ID and CLIENT_SECRET, so that tt-fetch can renew it")
  private static let refused = Failure(
    .notAllowed, "Graph doesn't accept the token from standard input",
    hint: "get a fresh one with tt-auth, or set TENANT_ID, CLIENT_ID and CLIENT_SECRET")

  /// What was granted to the app, as far as the token says.
  var roles: [String] { token?.claims.roles ?? [] }
}
