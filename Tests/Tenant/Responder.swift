extension Tenant {
  /// Answers one request, whatever it is for.
  func respond(to request: Request) -> Response {
    let segments = request.segments
    let response = route(request, segments)
    traffic.withLock { $0.statuses[response.status, default: 0] += 1 }
    return response
  }

  private func route(_ request: Request, _ segments: [String]) -> Response {
    switch segments.first {
    case "v1.0": return graph(request)
    case "_control": return control(request, Array(segments.dropFirst()))
    case let tenant? where Array(segments.dropFirst()) == ["oauth2", "v2.0", "token"]:
      traffic.withLock { $0.requests["token", default: 0] += 1 }
      return token(request, tenant: tenant)
    default:
      if request.header("authorization") != nil { note(.tokenElsewhere) }
      note(.unknownPath)
      return Response(404, body: "not found")
    }
  }
}
