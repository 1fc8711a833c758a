import Console
import Records

extension GraphFault {
  /// Why nobody's mailbox can be read: the list of people isn't to be had.
  func directoryFailure(ofGroup isGroup: Bool) -> Failure {
    let text = "cannot list the people: \(message) (\(code))"
    if status == 404, !isGroup {
      return Failure(
        .configuration, text, hint: "check GRAPH_ENDPOINT: there are no people under that address")
    }
    switch `class` {
    case .denied, .auth:
      return Failure(
        .notAllowed, text,
        hint: "grant User.Read.All (for --group also GroupMember.Read.All) with admin consent, or"
          + " name people with --user")
    case .transient where code == "untrusted":
      return Failure(
        .unavailable, text,
        hint: "something between here and there may open TLS: set SSL_CERT_FILE to its certificates"
      )
    case .throttled, .transient, .data: return Failure(.temporary, text, hint: "run again later")
    case .noMailbox: return Failure(.missingInput, text, hint: "check --group")
    case .config: return Failure(.software, text)
    }
  }
}
