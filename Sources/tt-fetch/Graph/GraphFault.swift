import HTTP
import NDJSON
import Records

/// Why Graph didn't give what was asked for.
struct GraphFault: Error, Equatable, Sendable {
  var `class`: ErrorRecord.Class
  var code: String
  var message: String
  var status: Int?
  var requestId: String?

  init(
    _ class: ErrorRecord.Class, code: String, message: String, status: Int? = nil,
    requestId: String? = nil
  ) {
    self.class = `class`
    self.code = code
    self.message = message
    self.status = status
    self.requestId = requestId
  }

  init(_ error: TransportError) {
    let isOurs = error.kind == .refusedAddress || error.kind == .tooLarge
    self.init(isOurs ? .data : .transient, code: "\(error.kind)", message: error.description)
  }

  /// Reads an answer that isn't a success.
  init(_ response: Response) {
    let envelope = (try? JSONTree(response.body))?["error"]
    let code = envelope.map(Self.mostSpecificCode) ?? ""
    self.init(
      Self.class(response.status, code), code: code.isEmpty ? "http\(response.status)" : code,
      message: envelope?["message"]?.string ?? "status \(response.status) without an explanation",
      status: response.status, requestId: response.headers["request-id"])
    if response.isRedirect {
      message = "the answer is a redirect, which is not followed"
      if code.isEmpty { self.code = "redirect" }
    }
  }

  /// Inner errors may say more than the outer one; both spellings of their name occur.
  private static func mostSpecificCode(_ error: JSONTree) -> String {
    var code = error["code"]?.string ?? ""
    var inner = error["innerError"] ?? error["innererror"]
    while let next = inner {
      if let innerCode = next["code"]?.string, !innerCode.isEmpty, isKnown(innerCode) {
        code = innerCode
      }
      inner = next["innerError"] ?? next["innererror"]
    }
    return code
  }

  private static func isKnown(_ code: String) -> Bool {
    noMailboxCodes.contains(code.lowercased()) || staleCodes.contains(code.lowercased())
  }

  private static func `class`(_ status: Int, _ code: String) -> ErrorRecord.Class {
    if noMailboxOnlyCodes.contains(code.lowercased()) { return .noMailbox }
    return switch status {
    case 401: .auth
    case 403, 423: .denied
    // A gateway or a wrong address says 404 too: without Graph's word it says nothing of the mailbox.
    case 404: code.isEmpty || code.lowercased() == "unknownerror" ? .data : .noMailbox
    case 429, 509: .throttled
    case 408, 409, 500, 502..<600: .transient
    case 300..<400: .data
    default: noMailboxCodes.contains(code.lowercased()) ? .noMailbox : .config
    }
  }

  static let noMailboxCodes: Set<String> = [
    "mailboxnotenabledforrestapi", "mailboxnotfound", "errorinvaliduser", "resourcenotfound",
    "request_resourcenotfound", "errornonexistentmailbox",
  ]

  /// The words for a link whose state the service has forgotten, in every spelling that was seen.
  private static let staleCodes: Set<String> = [
    "syncstatenotfound", "syncstateinvalid", "resyncrequired", "fullsyncrequired",
  ]

  /// Whether a window must be read whole again.
  var isStale: Bool { status == 410 || Self.staleCodes.contains(code.lowercased()) }

  /// Whether the mailbox itself is said to be missing, not just what was asked of it.
  var saysNoMailbox: Bool {
    Self.noMailboxOnlyCodes.contains(code.lowercased())
  }

  /// Codes that speak of the mailbox or its owner, and of nothing else.
  private static let noMailboxOnlyCodes = noMailboxCodes.subtracting(["resourcenotfound"])

  /// Whether asking this mailbox for anything else is of no use.
  var endsMailbox: Bool { saysNoMailbox || [.auth, .throttled, .transient].contains(`class`) }

  /// Whether waiting may help; a forgotten link stays forgotten, whatever 4xx says so.
  var isTransient: Bool {
    if isStale, let status, status < 500 { return false }
    return `class` == .throttled || `class` == .transient
  }
}
