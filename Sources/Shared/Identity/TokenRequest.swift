package import HTTP

/// Who asks for a token, where, and for what.
package struct TokenRequest: Sendable {
  /// Absent for managed identities, which know their tenant.
  package var tenant: String?
  package var client: String?
  /// Without a slash at the end.
  package var authority: String
  package var scope: String

  package init(tenant: String?, client: String?, authority: String, scope: String) {
    self.tenant = tenant
    self.client = client
    self.authority = authority
    self.scope = scope
  }

  package var endpoint: String {
    "\(authority)/\(percentEncoded(tenant ?? "common"))/oauth2/v2.0/token"
  }

  /// The managed-identity endpoints take the resource's address, without `/.default`.
  package var resource: String {
    scope.hasSuffix("/.default") ? String(scope.dropLast(9)) : scope
  }

  package func withSecret(_ secret: String, claims: String?) -> Request {
    form([("client_secret", secret)], claims)
  }

  /// With a signed token that proves who the client is (RFC 7523).
  package func withAssertion(_ assertion: String, claims: String?) -> Request {
    form(
      [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
      ], claims)
  }

  private func form(_ proof: [(String, String)], _ claims: String?) -> Request {
    var fields = [
      ("grant_type", "client_credentials"), ("client_id", client ?? ""), ("scope", scope),
    ]
    fields += proof
    if let claims { fields.append(("claims", claims)) }
    return .form(endpoint, fields)
  }

  package func toManagedIdentity(_ identity: ManagedIdentity) -> Request {
    var url = identity.endpoint
    url += url.contains("?") ? "&" : "?"
    var request: Request
    switch identity.kind {
    case .imds:
      request = Request(.get, url + "api-version=2018-02-01", headers: ["Metadata": "true"])
      // Away from Azure nothing answers there, and nothing says so.
      request.connectSeconds = 3
    case .appService(let header):
      request = Request(
        .get, url + "api-version=2019-08-01", headers: ["X-IDENTITY-HEADER": header])
    }
    request.url += "&resource=\(percentEncoded(resource))"
    if let client = identity.clientId { request.url += "&client_id=\(percentEncoded(client))" }
    return request
  }
}
