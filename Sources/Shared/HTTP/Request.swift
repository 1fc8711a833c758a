/// What is asked of a server.
package struct Request: Equatable, Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package var method: Method
  package var url: String
  package var headers: Headers
  package var body: [UInt8]
  /// Whether a new connection is wanted, because the last one led to a server in trouble.
  package var wantsFreshConnection = false
  /// How long connecting may take, where that is shorter than usual.
  package var connectSeconds: Int?

  package init(_ method: Method, _ url: String, headers: Headers = [:], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// A form, as token endpoints take it.
  package static func form(_ url: String, _ fields: [(String, String)]) -> Request {
    let body = fields.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
    return Request(
      .post, url,
      headers: [
        "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
      ],
      body: Array(body.utf8))
  }
}

/// What a server answered, whole.
package struct Response: Equatable, Sendable {
  package var status: Int
  package var headers: Headers
  package var body: [UInt8]

  package init(status: Int, headers: Headers = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Takes a secret out of the body: some servers repeat what they were sent.
  package mutating func redact(_ secret: String) {
    let secret = Array(secret.utf8)
    guard !secret.isEmpty, body.firstRange(of: secret) != nil else { return }
    var clean: [UInt8] = []
    var rest = body[...]
    // What stands in its place is not looked at again: a short secret may be part of it.
    while let place = rest.firstRange(of: secret) {
      clean += rest[..<place.lowerBound]
      clean += "[secret]".utf8
      rest = rest[place.upperBound...]
    }
    body = clean + rest
  }

  package var isSuccess: Bool { (200..<300).contains(status) }
  package var isRedirect: Bool { (300..<400).contains(status) }
}

/// Why no whole answer came.
package struct TransportError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// The name can't be resolved, or the server can't be reached.
    case unreachable
    /// The connection ended early, or took too long.
    case interrupted
    /// The server isn't who it should be, or speaks no TLS that we accept.
    case untrusted
    /// The answer is longer than anything this server should say.
    case tooLarge
    /// The address is none that may be asked.
    case refusedAddress
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// Whether asking again may help.
  package var isTransient: Bool { kind == .unreachable || kind == .interrupted }
}

/// Carries one request to its server and the answer back; redirects are not followed.
package protocol Transport {
  func send(_ request: Request) throws(TransportError) -> Response
}
