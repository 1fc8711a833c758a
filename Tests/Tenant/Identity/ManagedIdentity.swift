extension Tenant {
  /// The identity endpoint of a virtual machine.
  ///
  /// All its numbers are strings.
  func machineIdentity(_ request: Request) -> Response {
    traffic.withLock { $0.requests["imds", default: 0] += 1 }
    guard request.header("metadata") == "true", request.header("x-forwarded-for") == nil else {
      return identityFailure(400, "bad_request_102", "Required metadata header not specified")
    }
    guard request.query["api-version"] == "2018-02-01" else {
      return identityFailure(
        400, "bad_request_104", "api-version was not found or is not supported")
    }
    return identityToken(request, isMachine: true)
  }

  /// The identity endpoint of App Service, Functions and Container Apps.
  func appServiceIdentity(_ request: Request) -> Response {
    traffic.withLock { $0.requests["appService", default: 0] += 1 }
    guard request.header("x-identity-header") == settings.identityHeader else {
      return identityFailure(401, "unauthorized", "The X-IDENTITY-HEADER is missing or wrong")
    }
    guard request.query["api-version"] == "2019-08-01" else {
      return identityFailure(400, "invalid_request", "api-version is not supported")
    }
    return identityToken(request, isMachine: false)
  }

  private func identityToken(_ request: Request, isMachine: Bool) -> Response {
    if request.header("authorization") != nil { note(.tokenElsewhere) }
    let names = ["client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"]
    let wanted = names.compactMap { request.query[$0] }.first
    guard wanted == nil || wanted == settings.clientId else {
      return identityFailure(400, "invalid_request", "Identity not found")
    }
    guard let resource = request.query["resource"], !resource.hasSuffix("/.default") else {
      return identityFailure(400, "invalid_resource", "The resource is missing or is a scope")
    }
    if let mishap = identityMishap() { return mishap }
    let lifetime = faults.withLock { $0.tokenLifetime } ?? 86_400
    let token = tokens.withLock {
      $0.issue(settings, audience: resource, lifetime: lifetime, claims: nil)
    }
    let now = Int(wallClock())
    return .object { json in
      json.member("access_token", token)
      json.member("client_id", settings.clientId)
      json.member("expires_on", String(now + lifetime))
      json.member("resource", resource)
      json.member("token_type", "Bearer")
      guard isMachine else { return }
      json.member("expires_in", String(lifetime))
      json.member("ext_expires_in", String(lifetime))
      json.member("not_before", String(now))
      json.member("refresh_token", "")
    }
  }

  private func identityMishap() -> Response? {
    let rate = faults.withLock { $0.tokenRate }
    var random = SeededRandom(settings.seed, "identity fault", String(nextRequestNumber()))
    guard random.fraction() < rate else { return nil }
    traffic.withLock { $0.faults["token", default: 0] += 1 }
    return identityFailure(random.pick([404, 410, 429, 500, 503]), "unavailable", "Updating")
  }

  private func identityFailure(_ status: Int, _ error: String, _ text: String) -> Response {
    .object(status) { json in
      json.member("error", error)
      json.member("error_description", text)
    }
  }
}
