extension Tenant {
  /// An answer as it really comes: late, and sometimes wrong.
  func withMishaps(
    _ call: GraphCall, _ key: String, inBatch batch: Batch? = nil, _ body: () -> Response
  ) -> Response {
    let plan = faults.withLock { $0 }
    defer { if batch == nil { wait(plan.latencyMilliseconds, since: call.arrivedAt) } }
    let fault = plan.fault(seed: settings.seed, request: call.number)
    guard let fault, batch == nil || batch == .whole && fault.fitsInBatch else { return body() }
    traffic.withLock { $0.faults[fault.rawValue, default: 0] += 1 }
    return mishap(fault, call, key, plan, body)
  }

  /// An answer takes as long as the plan says, what it costs to make included.
  private func wait(_ milliseconds: Int, since arrival: Double) {
    let spent = Int((steadyClock() - arrival) * 1000)
    sleep(milliseconds: milliseconds - spent)
  }

  private func mishap(
    _ fault: FaultPlan.Kind, _ call: GraphCall, _ key: String, _ plan: FaultPlan,
    _ body: () -> Response
  ) -> Response {
    switch fault {
    case .throttled, .throttledDecimal, .throttledDate, .throttledBare:
      return throttledReply(fault, call, key, plan)
    case .internalError: return call.failure(500, "generalException", "An error has occurred.")
    case .badGateway:
      var response = Response(502, body: gatewayPage)
      response.headers = [("Content-Type", "text/html")]
      return response
    case .unavailable:
      let response = call.failure(503, "serviceNotAvailable", "The service is unavailable.")
      return call.number % 2 == 0
        ? response : blocked(response, call, key, seconds: plan.retryAfter)
    case .gatewayTimeout: return call.failure(504, "UnknownError", "")
    case .reset: return delivered(body(), .reset)
    case .cut: return delivered(body(), .cut)
    case .silence: return delivered(body(), .silence)
    case .html:
      var response = Response(200, body: gatewayPage)
      response.headers = [("Content-Type", "text/html; charset=utf-8")]
      return response
    case .brokenJSON:
      var response = body()
      response.body = String(response.body.prefix(response.body.count * 2 / 3))
      return response
    case .gone:
      let carriesToken = call.query["$skiptoken"] != nil || call.query["$deltatoken"] != nil
      return carriesToken && call.path.contains("delta")
        ? gone(call, "The sync state is not valid any more.") : body()
    case .unauthorised:
      revokeToken(of: call)
      return unauthorised(call, "Access token has expired or is not yet valid.")
    }
  }

  private func delivered(_ response: Response, _ delivery: Response.Delivery) -> Response {
    var copy = response
    copy.delivery = delivery
    return copy
  }

  /// 429 with Retry-After in one of its forms; the mailbox must be left alone until then.
  private func throttledReply(
    _ fault: FaultPlan.Kind, _ call: GraphCall, _ key: String, _ plan: FaultPlan
  ) -> Response {
    let response = call.failure(
      429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
    switch fault {
    case .throttledBare: return response
    case .throttledDecimal:
      let tenths = Int((plan.retryAfter * 10).rounded(.up))
      block(key, seconds: Double(tenths) / 10, call)
      return response.adding("Retry-After", "\(tenths / 10).\(tenths % 10)")
    case .throttledDate:
      // Taken first: what passes until the other clock is read makes the block end early, never late.
      let steady = steadyClock()
      let now = wallClock()
      let until = Int((now + plan.retryAfter).rounded(.up))
      block(key, from: steady, seconds: Double(until) - now, call)
      return response.adding("Retry-After", httpDate(until + plan.clockSkewSeconds))
    default: return blocked(response, call, key, seconds: plan.retryAfter)
    }
  }

  private func blocked(
    _ response: Response, _ call: GraphCall, _ key: String, seconds: Double
  ) -> Response {
    let whole = Int(seconds.rounded(.up))
    block(key, seconds: Double(whole), call)
    return response.adding("Retry-After", String(whole))
  }

  /// What the mailbox does instead of answering, or to its answer.
  func behaving(
    _ behaviour: FaultPlan.Behaviour?, _ call: GraphCall, _ key: String, _ body: () -> Response
  ) -> Response {
    switch behaviour {
    case .fail: return call.failure(503, "ErrorMailboxStoreUnavailable", "Store unavailable.")
    case .throttled:
      let plan = faults.withLock { $0 }
      return throttledReply(.throttled, call, key, plan)
    case .slow
    where call.path.contains("/delta") && call.query["$skiptoken"] != nil
      && (call.preferences.maxPageSize ?? 0) < 200:
      return call.failure(504, "UnknownError", "")
    case .junkCategories where call.path.hasSuffix("masterCategories"):
      return .json(200, #"{"value":[{"displayName":"c","color":"none"},"x"]}"#)
    case .denied: return call.failure(403, "ErrorAccessDenied", "Access to OData is disabled.")
    case .gone where call.query["$deltatoken"] != nil:
      return gone(call, "The sync state is not valid any more.")
    case .redirect: return Response(302).adding("Location", settings.trap + call.request.target)
    case .redirectHere where !call.path.hasPrefix("/v1.0/moved"):
      return Response(307).adding(
        "Location", call.base + "/v1.0/moved" + call.request.target.dropFirst(5))
    case .evilLink:
      var response = body()
      response.body = response.body.replacing(
        "\"@odata.nextLink\":\"\(call.base)", with: "\"@odata.nextLink\":\"\(settings.trap)")
      return response
    case .loneSurrogates:
      var response = body()
      response.body = response.body.replacing(
        "\"bodyPreview\":\"", with: "\"bodyPreview\":\"\\ud83d")
      return response
    default: return body()
    }
  }
}

extension FaultPlan.Kind {
  /// Items of a batch have statuses of their own, but share one connection.
  fileprivate var fitsInBatch: Bool {
    switch self {
    case .throttled, .throttledDecimal, .throttledBare, .internalError, .unavailable,
      .gatewayTimeout:
      true
    default: false
    }
  }
}

private let gatewayPage =
  "<!DOCTYPE html>\r\n<html><head><title>502 Bad Gateway</title></head>\r\n<body>Bad gateway</body></html>"
