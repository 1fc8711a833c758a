package import HTTP
internal import NDJSON

/// Why no token came.
package struct TokenFault: Error, Equatable, Sendable {
  /// The status of the answer; none when there was no answer.
  package var status: Int?
  /// The word that programs may branch on, for example `invalid_client`.
  package var error: String
  /// The number behind `AADSTS`, for people.
  package var number: Int?
  /// The service's own first sentence, without trace ids.
  package var description: String
  package var traceId: String?
  package var retryAfterSeconds: Double?
  /// How far the server's clock is ahead of ours.
  package var clockAheadSeconds: Double?
  package var isTransient: Bool
  /// Whether a server answered that can't prove who it is.
  package var isUntrusted = false

  package init(_ error: TransportError) {
    self.error = "unreachable"
    isUntrusted = error.kind == .untrusted
    description = error.description
    isTransient = error.isTransient
  }

  /// Reads an answer that holds no token.
  package init(_ response: Response, now: Double) {
    status = response.status
    let tree = try? JSONTree(response.body)
    error = tree?["error"]?.string ?? "http_\(response.status)"
    // App Service has words of its own for it.
    let text =
      (tree?["error_description"] ?? tree?["message"])?.string
      ?? "status \(response.status) without an explanation"
    number = tree?["error_codes"]?.array.first?.integer ?? Self.number(in: text)
    description = Self.firstSentence(of: text)
    traceId = tree?["trace_id"]?.string
    retryAfterSeconds = RetryAfter.seconds(response.headers, now: UTCTime(unixSeconds: Int(now)))
    clockAheadSeconds = response.headers["Date"].flatMap(RetryAfter.httpDate)
      .map { Double($0.unixSeconds) - now }
    isTransient = Self.isTransient(response.status, error, number)
  }

  /// Whether nothing answered, or something that is no token endpoint.
  var isFromStranger: Bool { status == nil || (error.hasPrefix("http_") && !isTransient) }

  private static func isTransient(_ status: Int, _ error: String, _ number: Int?) -> Bool {
    if error == "temporarily_unavailable" || status == 429 || status >= 500 { return true }
    return number.map(Explanation.transientNumbers.contains) ?? false
  }

  /// Whether the proof of identity was outside its time, as a wrong clock makes it.
  package var mayBeClock: Bool {
    [50013, 500133, 700024, 700027].contains(number) && abs(clockAheadSeconds ?? 0) > 30
  }

  private static func number(in text: String) -> Int? {
    guard text.hasPrefix("AADSTS") else { return nil }
    return Int(text.dropFirst(6).prefix { $0.isNumber })
  }

  private static func firstSentence(of text: String) -> String {
    var rest = text[...]
    if rest.hasPrefix("AADSTS"), let colon = rest.firstIndex(of: ":") {
      rest = rest[rest.index(after: colon)...].drop { $0 == " " }
    }
    let line = rest.prefix { !$0.isNewline }
    let end = line.firstRange(of: " Trace ID:")?.lowerBound ?? line.endIndex
    return String(line[..<end])
  }
}
