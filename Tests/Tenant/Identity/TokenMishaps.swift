extension Tenant {
  /// What the authority says in place of a token while something is wrong with it or the client.
  func tokenMishap() -> Response? {
    let plan = faults.withLock { $0 }
    sleep(milliseconds: plan.latencyMilliseconds)
    if let number = plan.refuseToken {
      return refusal(TokenFailure(number, errorName(number), "Refused as the plan says."))
    }
    var random = SeededRandom(settings.seed, "token fault", String(nextRequestNumber()))
    guard random.fraction() < plan.tokenRate else { return nil }
    traffic.withLock { $0.faults["token", default: 0] += 1 }
    switch random.integer(0...4) {
    case 0: return Response(503, body: "Service Unavailable")
    case 1: return Response(429).adding("Retry-After", "1")
    case 2:
      var response = refusal(TokenFailure(90_033, "temporarily_unavailable", "Transient."))
      response.delivery = .cut
      return response
    case 3: return refusal(TokenFailure(90_033, "temporarily_unavailable", "Transient."))
    default:
      var response = Response(500)
      response.delivery = .silence
      return response
    }
  }
}

/// The name that goes with an AADSTS number.
private func errorName(_ number: Int) -> String {
  switch number {
  case 90_006, 90_012, 90_024, 90_033, 90_055, 90_090: "temporarily_unavailable"
  case 65_001, 650_056, 70_011, 28_002: "invalid_grant"
  case 53_003, 530_032: "access_denied"
  case 700_016, 7_000_112, 70_001: "unauthorized_client"
  case 90_002, 90_038, 900_432, 500_011: "invalid_request"
  default: "invalid_client"
  }
}
