package import Console
package import HTTP

/// Gets tokens: from the cache while they are fresh, else from the authority, and asks again when it is in trouble.
package final class TokenSource {
  package let request: TokenRequest
  package let credential: Credential
  package let cache: TokenCache?
  private let transport: any Transport
  private let log: Log
  private let clock: () -> Double
  private let sleep: (Double) -> Void
  /// How far the authority's clock is ahead, once it has refused a proof for its time.
  private var clockAheadSeconds = 0.0

  package init(
    _ request: TokenRequest, _ credential: Credential, cache: TokenCache?,
    transport: any Transport, log: Log,
    clock: @escaping () -> Double = { SystemClock.unixSeconds },
    sleep: @escaping (Double) -> Void = { SystemClock.sleep(seconds: $0) }
  ) {
    self.request = request
    self.credential = credential
    self.cache = cache
    self.transport = transport
    self.log = log
    self.clock = clock
    self.sleep = sleep
  }

  /// A fresh token.
  ///
  /// Of ten programs that want one at a time, one asks and nine wait for its answer.
  ///
  /// - Parameter rejected: a token that a server didn't take: it is never given again.
  package func token(rejected: String? = nil) throws -> AccessToken {
    guard let cache else { return try ask(claims: nil) }
    if let token = fresh(cache, rejected) { return token }
    return try cache.file.withLock {
      if let token = fresh(cache, rejected) { return token }
      return try askAndStore(cache, claims: nil)
    }
  }

  /// A token that meets a server's claims challenge; no cached one can.
  package func token(claims: String) throws -> AccessToken {
    guard let cache else { return try ask(claims: claims) }
    return try cache.file.withLock { try askAndStore(cache, claims: claims) }
  }

  private func fresh(_ cache: TokenCache, _ rejected: String?) -> AccessToken? {
    guard let token = cache.load(), !token.isDue(at: clock()), token.text != rejected else {
      return nil
    }
    return token
  }

  private func askAndStore(_ cache: TokenCache, claims: String?) throws -> AccessToken {
    let token = try ask(claims: claims)
    if !cache.store(token) { log.warning("cannot keep the token in \(cache.file.folder)") }
    return token
  }

  /// Asks the authority, whatever the cache says.
  package func ask(claims: String?) throws -> AccessToken {
    var policy = RetryPolicy(budgetSeconds: 60)
    var mayAdjustClock = true
    while true {
      let fault: TokenFault
      let startedAt = clock()
      switch answer(to: try message(claims)) {
      case .success(let token): return token
      case .failure(let error): fault = error
      }
      if fault.mayBeClock, mayAdjustClock {
        mayAdjustClock = false
        adjustClock(fault)
        continue
      }
      guard isWorthRetrying(fault), policy.failuresInARow < 5,
        case .retry(let seconds) = policy.fail(
          askedSeconds: fault.retryAfterSeconds, jitter: .random(in: 0...1),
          tookSeconds: clock() - startedAt)
      else { throw failure(fault) }
      log.debug("no token yet (\(fault.error)), next try in \(Int(seconds.rounded(.up))) s")
      sleep(seconds)
    }
  }

  private func answer(to message: Request) -> Result<AccessToken, TokenFault> {
    let response: Response
    do throws(TransportError) {
      response = try transport.send(message)
    } catch {
      return .failure(TokenFault(error))
    }
    do throws(TokenFault) {
      return .success(try TokenAnswer.token(response, now: clock()))
    } catch {
      return .failure(error)
    }
  }

  private func message(_ claims: String?) throws -> Request {
    switch credential {
    case .secret(let secret): request.withSecret(secret, claims: claims)
    case .managedIdentity(let identity): request.toManagedIdentity(identity)
    case .federated(let path):
      request.withAssertion(try assertion(inFile: path), claims: claims)
    case .certificate(let certificate, let signature):
      request.withAssertion(
        try ClientAssertion.make(
          certificate, signature, client: request.client ?? "", audience: request.endpoint,
          now: clock() + clockAheadSeconds, id: randomUUID()),
        claims: claims)
    }
  }

  private func assertion(inFile path: String) throws -> String {
    let text = try TextFile(path: path).text
    let token = text.filter { !$0.isWhitespace }
    guard token.split(separator: ".").count == 3 else {
      throw Failure(
        .configuration, "\(path) holds no token",
        hint: "AZURE_FEDERATED_TOKEN_FILE names the file that the platform keeps up to date")
    }
    return token
  }

  private func adjustClock(_ fault: TokenFault) {
    clockAheadSeconds = fault.clockAheadSeconds ?? 0
    let minutes = Int((abs(clockAheadSeconds) / 60).rounded(.up))
    log.warning(
      "this machine's clock is off by about \(minutes) min",
      hint: "let it follow a time server: tokens are only good at the right time")
  }

  /// The metadata service may be updating itself (404, 410); away from Azure there is none at all.
  private func isWorthRetrying(_ fault: TokenFault) -> Bool {
    guard case .managedIdentity(let identity) = credential else { return fault.isTransient }
    guard let status = fault.status else { return identity.kind != .imds && fault.isTransient }
    return [404, 410].contains(status) || fault.isTransient
  }

  private func failure(_ fault: TokenFault) -> Failure {
    guard case .managedIdentity(let identity) = credential, fault.isFromStranger else {
      return fault.failure
    }
    let place = Origin(of: identity.endpoint).map(\.description) ?? "its endpoint"
    guard identity.kind == .imds else {
      return Failure(
        .configuration,
        "no token from \(place), which IDENTITY_ENDPOINT names: \(fault.description)",
        hint: "assign a managed identity to this app, or set TENANT_ID, CLIENT_ID and CLIENT_SECRET"
      )
    }
    return Failure(
      .configuration, "no credential: nothing is configured, and no managed identity at \(place)",
      hint: "set TENANT_ID, CLIENT_ID and CLIENT_SECRET, or see tt-auth --help")
  }
}
