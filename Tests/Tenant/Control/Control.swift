extension Tenant {
  /// Answers what tests ask of the tenant itself: `/_control/…`, without authorization.
  func control(_ request: Request, _ path: [String]) -> Response {
    switch (request.method, path.first) {
    case ("GET", "truth"): truth(request)
    case ("GET", "hours"): hours(request)
    case ("POST", "people"): changePeople(request)
    case ("POST", "change"): change(request)
    case ("POST", "faults"): setFaults(request)
    case ("GET", "stats"): statistics()
    case ("POST", "stop"): stop()
    default:
      .object(404) { $0.member("error", "no such control: \(request.method) \(request.target)") }
    }
  }

  private func stop() -> Response {
    endProcessSoon()
    return .object { $0.member("stopping", true) }
  }

  func refuse(_ message: String) -> Response {
    .object(400) { $0.member("error", message) }
  }
}
