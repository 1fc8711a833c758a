extension Tenant {
  /// Answers one request, whatever it is for.
  func respond(to request: Request) -> Response {
    let segments = request.segments
    var response = route(request, segments)
    let skew = faults.withLock { $0.clockSkewSeconds }
    if skew != 0 { response.headers.append(("Date", httpDate(Int(wallClock()) + skew))) }
    traffic.withLock { $0.statuses[response.status, default: 0] += 1 }
    return response
  }

  /// What comes here was led astray: the trap counts it, above all when it carries a token.
  func trap(_ request: Request) -> Response {
    traffic.withLock { $0.trapped += 1 }
    if request.header("authorization") != nil { note(.tokenElsewhere) }
    return Response(404, body: "not found")
  }

  private func route(_ request: Request, _ segments: [String]) -> Response {
    switch segments.first {
    case "v1.0": return graph(request)
    case "_control": return control(request, Array(segments.dropFirst()))
    case "metadata" where segments.dropFirst().elementsEqual(["identity", "oauth2", "token"]):
      return machineIdentity(request)
    case "msi" where segments.dropFirst().elementsEqual(["token"]):
      return appServiceIdentity(request)
    case let tenant? where Array(segments.dropFirst()) == ["oauth2", "v2.0", "token"]:
      traffic.withLock { $0.requests["token", default: 0] += 1 }
      return token(request, tenant: tenant)
    case nil where request.method == "HEAD" || request.method == "GET":
      return Response(200)  // something answers here: for those who only look at the clock
    default:
      if request.header("authorization") != nil { note(.tokenElsewhere) }
      note(.unknownPath)
      return Response(404, body: "not found")
    }
  }
}
