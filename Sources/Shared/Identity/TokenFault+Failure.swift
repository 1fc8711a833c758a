package import Console

extension TokenFault {
  /// What a person is told, and the status that tells a script what to do.
  package var failure: Failure {
    let label = number.map { "AADSTS\($0)" } ?? error
    if let number, let explanation = Explanation.of(number) {
      return Failure(
        explanation.status, "no token: \(explanation.meaning) (\(label))",
        hint: explanation.remedy)
    }
    if isUntrusted {
      return Failure(
        .unavailable, "cannot reach the token endpoint: \(description)",
        hint: "something between here and there may open TLS: set SSL_CERT_FILE to its certificates"
      )
    }
    if status == nil {
      return Failure(
        .unavailable, "cannot reach the token endpoint: \(description)",
        hint: "check the network, the proxy settings and AZURE_AUTHORITY_HOST")
    }
    if let status, (300..<400).contains(status) {
      return Failure(
        .unavailable, "no token: the endpoint answers with a redirect, which is not followed",
        hint: "check AZURE_AUTHORITY_HOST; a portal on the way may want somebody to log in")
    }
    return Failure(
      isTransient ? .unavailable : .notAllowed, "no token: \(description) (\(label))",
      hint: isTransient ? "the service is in trouble; run again later" : "run tt-auth doctor")
  }
}

extension Explanation {
  fileprivate var status: ExitStatus { kind == .configuration ? .configuration : .notAllowed }
}
