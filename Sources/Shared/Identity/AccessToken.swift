internal import HTTP
internal import NDJSON
package import Records

/// A token, and how long it lives.
///
/// Its text never goes anywhere but into a request or a `token` record.
package struct AccessToken: Equatable, Sendable {
  package var text: String
  package var type: String
  /// Seconds since 1970.
  package var obtainedAt: Double
  package var expiresAt: Double

  package init(text: String, type: String = "Bearer", obtainedAt: Double, expiresAt: Double) {
    self.text = text
    self.type = type
    self.obtainedAt = obtainedAt
    self.expiresAt = expiresAt
  }

  /// Whether it is time for another one: five minutes before the end, or a fifth of a shorter life.
  package func isDue(at now: Double) -> Bool {
    now >= expiresAt - min(300, max(0, expiresAt - obtainedAt) / 5)
  }

  package func hasExpired(at now: Double) -> Bool { now >= expiresAt }

  package var claims: TokenClaims { TokenClaims(token: text) }
}

extension AccessToken {
  /// A token that another program got.
  ///
  /// When is unknown: it counts as new.
  package init(_ record: TokenRecord, now: Double) {
    self.init(
      text: record.accessToken, type: record.tokenType, obtainedAt: now,
      expiresAt: UTCTime(record.expiresAt).map { Double($0.unixSeconds) } ?? now)
  }

  package func record(scope: String, tenant: String?, client: String?) -> TokenRecord {
    let claims = claims
    return TokenRecord(
      tokenType: type, accessToken: text,
      expiresAt: UTCTime(unixSeconds: Int(expiresAt)).description,
      tenantId: claims.tenant ?? tenant, clientId: claims.client ?? client, scope: scope,
      roles: claims.roles)
  }
}

/// What the token says about itself: for diagnosis only, since Graph's tokens are for Graph to check.
package struct TokenClaims: Equatable, Sendable {
  package var tenant: String?
  package var client: String?
  package var audience: String?
  package var roles: [String] = []
  /// Seconds since 1970.
  package var expiresAt: Double?

  package init(token: String) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64.decode(parts[1]),
      let tree = try? JSONTree(payload)
    else { return }
    tenant = tree["tid"]?.string
    client = tree["appid"]?.string ?? tree["azp"]?.string
    audience = tree["aud"]?.string
    expiresAt = tree["exp"]?.integer.map { Double($0) }
    roles = (tree["roles"]?.array ?? []).compactMap(\.string)
  }
}
