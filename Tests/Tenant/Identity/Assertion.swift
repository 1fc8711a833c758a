import NDJSON

extension Tenant {
  /// Checks a signed assertion: the application's own, or a federated issuer's.
  func check(assertion text: String) throws(TokenFailure) {
    guard let assertion = Assertion(text) else {
      throw TokenFailure(50_027, "invalid_request", "The assertion is not a JWT.")
    }
    let isOwn = assertion.header["x5t"] != nil || assertion.header["x5t#S256"] != nil
    if isOwn { try checkOwn(assertion) } else { try checkFederated(assertion) }
    try checkTimes(assertion)
  }

  private func checkOwn(_ assertion: Assertion) throws(TokenFailure) {
    let certificate = settings.certificates.first { certificate in
      if let thumbprint = assertion.header["x5t#S256"]?.string {
        return thumbprint == certificate.thumbprintSHA256
      }
      return assertion.header["x5t"]?.string == certificate.thumbprintSHA1
    }
    guard let certificate, assertion.isSigned(by: certificate.key) else {
      throw TokenFailure(
        700_027, "invalid_client",
        "The certificate is not registered for the application, or the signature is not valid.")
    }
    let tokenPath = "/oauth2/v2.0/token"
    guard let audience = assertion.claims["aud"]?.string, audience.hasSuffix(tokenPath) else {
      throw TokenFailure(
        700_023, "invalid_client", "The assertion's audience is not this endpoint.")
    }
    guard assertion.claims["iss"]?.string == settings.clientId,
      assertion.claims["sub"]?.string == settings.clientId
    else {
      throw TokenFailure(700_021, "invalid_client", "Issuer and subject must be the application.")
    }
    guard let identifier = assertion.claims["jti"]?.string, useOnce(identifier) else {
      throw TokenFailure(
        50_013, "invalid_client", "The assertion's jti is missing or was used before.")
    }
  }

  private func useOnce(_ identifier: String) -> Bool {
    usedAssertions.withLock { $0.insert(identifier).inserted }
  }

  private func checkFederated(_ assertion: Assertion) throws(TokenFailure) {
    guard let key = settings.federatedKey, assertion.isSigned(by: key) else {
      throw TokenFailure(
        700_027, "invalid_client", "The signature is not that of a federated issuer.")
    }
    let audience = assertion.claims["aud"]?.string ?? assertion.claims["aud"]?.array.first?.string
    guard assertion.claims["iss"]?.string == settings.federatedIssuer,
      assertion.claims["sub"]?.string == settings.federatedSubject,
      audience == settings.federatedAudience
    else {
      throw TokenFailure(
        70_021, "invalid_client", "No matching federated identity record found.")
    }
  }

  private func checkTimes(_ assertion: Assertion) throws(TokenFailure) {
    let now = Int(wallClock()) + faults.withLock { $0.clockSkewSeconds }
    guard let expires = assertion.claims["exp"]?.integer, expires > now,
      assertion.claims["nbf"]?.integer ?? 0 <= now + 300
    else {
      throw TokenFailure(
        700_024, "invalid_client", "Client assertion is not within its valid time range.")
    }
    guard let start = assertion.claims["nbf"]?.integer ?? assertion.claims["iat"]?.integer else {
      return
    }
    let isOwn = assertion.claims["jti"] != nil
    guard !isOwn || expires - start <= 600 else {
      throw TokenFailure(50_013, "invalid_client", "The assertion lives too long.")
    }
  }
}

/// A JWT taken apart.
private struct Assertion {
  let header: JSONTree
  let claims: JSONTree
  private let signedBytes: [UInt8]
  private let signature: [UInt8]

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, !text.contains("="), let head = base64Decoded(parts[0]),
      let body = base64Decoded(parts[1]), let signature = base64Decoded(parts[2]),
      let header = try? JSONTree(head), let claims = try? JSONTree(body)
    else { return nil }
    (self.header, self.claims, self.signature) = (header, claims, signature)
    signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
  }

  func isSigned(by key: PublicKey) -> Bool {
    guard let algorithm = header["alg"]?.string else { return false }
    return key.verifies(signature, of: signedBytes, algorithm: algorithm)
  }
}
