import Console
import HTTP
import Identity

/// What a person at a terminal wants to know of a token; the token itself is not among it.
struct TokenSummary {
  let text: String

  init(_ token: AccessToken, _ request: TokenRequest, now: Double) {
    let claims = token.claims
    let minutes = max(0, Int((token.expiresAt - now) / 60))
    let roles =
      claims.roles.isEmpty
      ? "none (rights may come from Exchange)" : claims.roles.sorted().joined(separator: ", ")
    let lines = [
      ("tenant", claims.tenant ?? request.tenant ?? "unknown"),
      ("app", claims.client ?? request.client ?? "unknown"), ("scope", request.scope),
      ("roles", roles),
      ("expires", "\(UTCTime(unixSeconds: Int(token.expiresAt))), in \(minutes) min"),
    ]
    text = lines.map { "\(($0.0 + ":").padded(9))\(printable($0.1))\n" }.joined()
  }
}

extension String {
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
