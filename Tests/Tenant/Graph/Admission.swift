extension Tenant {
  /// Calls `body` with what the bearer token allows, or says why it allows nothing.
  func authorised(_ call: GraphCall, _ body: (TokenStore.Grant) -> Response) -> Response {
    if call.query["access_token"] != nil { note(.tokenInURL) }
    guard let header = call.request.header("authorization") else {
      note(.missingAuthorization)
      return unauthorised(call, "Access token is empty.")
    }
    guard header.lowercased().hasPrefix("bearer ") else {
      return unauthorised(call, "CompactToken parsing failed with error code: 80049217")
    }
    let token = trimmed(header.dropFirst(7))
    guard let grant = tokens.withLock({ $0.grant(token) }) else {
      return unauthorised(call, "CompactToken parsing failed with error code: 80049217")
    }
    guard grant.expires > wallClock() else {
      return unauthorised(call, "Access token has expired or is not yet valid.")
    }
    guard tokens.withLock({ $0.satisfiesClaims(token) }) else { return challenged(call) }
    return body(grant)
  }

  /// 401 that says which claims the next token request has to carry.
  private func challenged(_ call: GraphCall) -> Response {
    let claims = base64Padded(Array(TokenStore.wantedClaims.utf8))
    return call.failure(
      401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge."
    ).adding(
      "WWW-Authenticate",
      #"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="\#(claims)""#
    )
  }

  /// Takes the token back that a call came with.
  func revokeToken(of call: GraphCall) {
    guard let header = call.request.header("authorization") else { return }
    tokens.withLock { $0.revoke(trimmed(header.dropFirst(7))) }
  }

  func unauthorised(_ call: GraphCall, _ message: String) -> Response {
    call.failure(401, "InvalidAuthenticationToken", message).adding(
      "WWW-Authenticate",
      #"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000""#
    )
  }

  /// Calls `body` unless the mailbox is crowded or was to be left alone.
  func throttled(_ call: GraphCall, _ mailbox: String, _ body: () -> Response) -> Response {
    let fits = traffic.withLock { $0.enter(mailbox) }
    defer { traffic.withLock { $0.leave(mailbox) } }
    if !fits {
      note(.concurrency)
      return overLimit(call, mailbox, seconds: 1)
    }
    return leftAlone(call, mailbox, body)
  }

  /// Calls `body` unless the path was to be left alone; a batch as a whole never is.
  func leftAlone(
    _ call: GraphCall, _ key: String, _ path: GraphPath, _ body: () -> Response
  ) -> Response {
    path == .batch ? body() : leftAlone(call, key, body)
  }

  private func leftAlone(_ call: GraphCall, _ key: String, _ body: () -> Response) -> Response {
    guard let block = traffic.withLock({ $0.block(key, at: steadyClock()) }) else { return body() }
    let others = faults.withLock { $0.requestsAtOnce - 1 }
    // Who had asked before the wait was named can't have known of it.
    if block.isBroken(by: call.request, arrivedAt: call.arrivedAt, others: others) {
      note(.earlyRetry)
    }
    // The service goes on counting while a client hammers: it has to wait anew.
    return overLimit(call, key, seconds: Int((block.until - steadyClock()).rounded(.up)))
  }

  private func overLimit(_ call: GraphCall, _ mailbox: String, seconds: Int) -> Response {
    block(mailbox, seconds: Double(seconds), call)
    return call.failure(
      429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."
    ).adding("Retry-After", String(seconds))
  }

  /// From that moment on, or from now on, the mailbox must be left alone for so long.
  func block(_ mailbox: String, from moment: Double? = nil, seconds: Double, _ call: GraphCall) {
    traffic.withLock {
      $0.block(
        mailbox, from: moment ?? steadyClock(), seconds: seconds, asked: call.request)
    }
  }
}
