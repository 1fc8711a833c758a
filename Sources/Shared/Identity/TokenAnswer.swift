package import HTTP
internal import NDJSON

/// Reads what a token endpoint answers, of whatever kind.
package enum TokenAnswer {
  /// The token, or why there is none.
  ///
  /// Numbers may be written as strings, as managed identities do.
  package static func token(_ response: Response, now: Double) throws(TokenFault) -> AccessToken {
    guard response.status == 200 else { throw TokenFault(response, now: now) }
    guard let tree = try? JSONTree(response.body), let text = tree["access_token"]?.string,
      !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      var fault = TokenFault(response, now: now)
      fault.error = "invalid_answer"
      fault.description = "the answer holds no usable token"
      fault.isTransient = true
      throw fault
    }
    let type = tree["token_type"]?.string ?? "Bearer"
    guard equalsIgnoringCase(type, "Bearer") else {
      var fault = TokenFault(response, now: now)
      fault.error = "invalid_answer"
      fault.description = "the token is of an unknown type"
      throw fault
    }
    return AccessToken(text: text, obtainedAt: now, expiresAt: expiry(tree, text, now: now))
  }

  /// From the answer, where it may be left out (RFC 6749, 5.1); else what the token says of itself, or soon.
  ///
  /// No token that was just given has ended, and none lives for years: such a time is passed over.
  private static func expiry(_ tree: JSONTree, _ token: String, now: Double) -> Double {
    let told = [
      tree["expires_in"]?.number.map { now + $0 }, tree["expires_on"]?.number,
      TokenClaims(token: token).expiresAt,
    ]
    let year = 366.0 * 86_400
    return told.compactMap(\.self).first { $0 > now && $0 < now + year } ?? now + 600
  }
}
