/// One HTTP response, and how it is to be delivered.
struct Response: Sendable {
  /// What becomes of it on the wire.
  enum Delivery: Sendable, Equatable {
    case whole
    /// The head promises more than is sent; then the connection is closed.
    case cut
    /// Part of the head and body, then a TCP reset.
    case reset
    /// Nothing at all: the connection is closed in place of an answer.
    case silence
  }

  var status: Int
  var headers: [(name: String, value: String)] = []
  var body = ""
  var isChunked = false
  var delivery = Delivery.whole
  var closesConnection = false

  init(_ status: Int, body: String = "") {
    self.status = status
    self.body = body
  }

  static func json(_ status: Int = 200, _ body: String) -> Response {
    var response = Response(status, body: body)
    response.headers.append(("Content-Type", "application/json"))
    return response
  }

  static func object(_ status: Int = 200, _ body: (inout JSONText) -> Void) -> Response {
    .json(status, JSONText.object(body))
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  func adding(_ name: String, _ value: String) -> Response {
    var copy = self
    copy.headers.append((name, value))
    return copy
  }
}

func reasonPhrase(_ status: Int) -> String {
  let phrases = [
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 302: "Found",
    307: "Temporary Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 410: "Gone", 424: "Failed Dependency",
    429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented",
    502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
  ]
  return phrases[status] ?? "Status \(status)"
}
