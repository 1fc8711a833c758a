extension Tenant {
  /// `POST /{tenant}/oauth2/v2.0/token`.
  func token(_ request: Request, tenant: String) -> Response {
    if let mishap = tokenMishap() { return mishap }
    let form = Form(request.text)
    if request.query["client_secret"] != nil { note(.secretInURL) }
    do throws(TokenFailure) {
      guard request.method == "POST",
        request.header("content-type")?.hasPrefix("application/x-www-form-urlencoded") ?? false
      else {
        throw TokenFailure(900_144, "invalid_request", "The request body must be a form.")
      }
      try check(tenant: tenant)
      let (client, secret) = clientCredentials(request, form)
      guard client.lowercased() == settings.clientId else {
        throw TokenFailure(
          700_016, "unauthorized_client", "Application '\(client)' was not found in the directory.")
      }
      guard form["grant_type"] == "client_credentials" else {
        throw TokenFailure(70_003, "unsupported_grant_type", "The grant type is not supported.")
      }
      let audience = try audience(form["scope"] ?? "")
      try check(form, secret: secret)
      return granted(audience, claims: form["claims"])
    } catch {
      return refusal(error)
    }
  }

  private func check(tenant: String) throws(TokenFailure) {
    let name = tenant.lowercased()
    if name == "common" || name == "consumers" || name == "organizations" {
      throw TokenFailure(9_001_023, "invalid_request", "The grant type needs a tenant of its own.")
    }
    guard name == settings.tenantId || name == settings.tenantDomain else {
      throw TokenFailure(90_002, "invalid_request", "Tenant '\(tenant)' not found.")
    }
  }

  private func audience(_ scope: String) throws(TokenFailure) -> String {
    guard scope.hasSuffix("/.default"), !scope.contains(" ") else {
      throw TokenFailure(
        70_011, "invalid_scope", "The provided value for the input parameter 'scope' is not valid.")
    }
    return String(scope.dropLast("/.default".count))
  }

  /// Id and secret from the form, or from HTTP Basic, which is accepted instead.
  private func clientCredentials(_ request: Request, _ form: Form) -> (String, String?) {
    guard let basic = request.header("authorization"), basic.hasPrefix("Basic "),
      let bytes = base64Decoded(basic.dropFirst(6))
    else { return (form["client_id"] ?? "", form["client_secret"]) }
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
    let decoded = parts.map { percentDecoded($0, plusIsSpace: true) }
    return (decoded.first ?? "", decoded.count == 2 ? decoded[1] : nil)
  }

  private func check(_ form: Form, secret: String?) throws(TokenFailure) {
    if let assertion = form["client_assertion"] {
      let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
      guard form["client_assertion_type"] == type else {
        throw TokenFailure(50_027, "invalid_request", "The assertion type is not supported.")
      }
      return try check(assertion: assertion)
    }
    guard let secret else {
      throw TokenFailure(
        7_000_218, "invalid_client",
        "The request body must contain 'client_assertion' or 'client_secret'.")
    }
    guard secret == settings.clientSecret else {
      throw TokenFailure(7_000_215, "invalid_client", "Invalid client secret provided.")
    }
  }

  private func granted(_ audience: String, claims: String?) -> Response {
    let lifetime = faults.withLock { $0.tokenLifetime } ?? settings.tokenLifetime
    let token = tokens.withLock {
      $0.issue(settings, audience: audience, lifetime: lifetime, claims: claims)
    }
    var response = Response.object { json in
      json.member("token_type", "Bearer")
      json.member("expires_in", lifetime)
      json.member("ext_expires_in", lifetime)
      json.member("access_token", token)
    }
    response.headers = [
      ("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store, no-cache"),
    ]
    return response
  }

  func refusal(_ failure: TokenFailure) -> Response {
    let now = dateTimeText(Int(wallClock())).replacing("T", with: " ") + "Z"
    let trace = guid(settings.seed, "trace", String(nextRequestNumber()))
    return Response.object(failure.error == "invalid_client" ? 401 : 400) { json in
      json.member("error", failure.error)
      json.member(
        "error_description",
        "AADSTS\(failure.number): \(failure.message) Trace ID: \(trace) Correlation ID: \(trace) Timestamp: \(now)"
      )
      json.list("error_codes", { $0.value(failure.number) })
      json.member("timestamp", now)
      json.member("trace_id", trace)
      json.member("correlation_id", trace)
      json.member("error_uri", "https://login.microsoftonline.com/error?code=\(failure.number)")
    }
  }
}

/// Why no token was given.
struct TokenFailure: Error {
  let number: Int
  let error: String
  let message: String

  init(_ number: Int, _ error: String, _ message: String) {
    self.number = number
    self.error = error
    self.message = message
  }
}
