/// What shall go wrong.
struct FaultPlan: Sendable {
  /// How a request to Graph fails; the raw value is its name in `/_control/faults`.
  enum Kind: String, Sendable, CaseIterable {
    /// 429 with Retry-After in whole seconds, with a fraction, as a date, or without it.
    case throttled = "429"
    case throttledDecimal = "429-decimal"
    case throttledDate = "429-date"
    case throttledBare = "429-bare"
    case internalError = "500"
    case badGateway = "502"
    case unavailable = "503"
    case gatewayTimeout = "504"
    /// The connection ends: by a reset, in the middle of the body, or before any answer.
    case reset
    case cut
    case silence
    /// 200 with a page of HTML, or with JSON that stops in the middle.
    case html
    case brokenJSON = "json"
    /// 410 to a request that carries a token.
    case gone = "410"
    /// 401 although the token is good; it is taken back.
    case unauthorised = "401"

    static let ordinary = allCases.filter { $0 != .gone }
  }

  /// How one mailbox always behaves.
  enum Behaviour: String, Sendable, CaseIterable {
    /// Delta pages repeat for ever while a series is larger than the page asked for.
    case endless
    /// They repeat for ever whatever is asked for; only the plain view helps.
    case endlessAlways
    /// The next page is said to be on another host.
    case evilLink
    /// 302 to another host, or to another path of this one.
    case redirect
    case redirectHere
    /// Pages hold everything, whatever size was asked for.
    case onePage
    /// Previews begin with half a character, as cutting UTF-16 text leaves it.
    case loneSurrogates
    case junkCategories
    case fail
    case gone
    case denied
    /// Every request is told to wait.
    case throttled
    /// 504 to the second page and the ones after it while small pages are asked for.
    case slow
  }

  var rate = 0.0
  var kinds = Kind.ordinary
  var latencyMilliseconds = 0
  /// Seconds that Retry-After names.
  var retryAfter = 1.0
  var behaviours: [String: Behaviour] = [:]
  /// How often the authority fails in a way that passes.
  var tokenRate = 0.0
  /// The AADSTS number with which the authority refuses everybody.
  var refuseToken: Int?
  var tokenLifetime: Int?
  /// Seconds that the service's clock is ahead of ours.
  var clockSkewSeconds = 0
  var challengesClaims = false
  /// How many requests at a time the client may be sending to one mailbox: it can't know of a wait before it has
  /// read one answer, and the others are under way by then.
  var requestsAtOnce = 1

  /// What a request meets; nil for nothing.
  ///
  /// It follows from the seed and the request's number.
  func fault(seed: Int, request: Int) -> Kind? {
    var random = SeededRandom(seed, "fault", String(request))
    guard !kinds.isEmpty, random.fraction() < rate else { return nil }
    return random.pick(kinds)
  }
}
