/// One call of Graph, whether it came by itself or in a batch.
struct GraphCall: Sendable {
  let request: Request
  let query: Form
  let preferences: Preferences
  /// `http://127.0.0.1:port`.
  let base: String
  /// Position among all calls; decides what goes wrong with it.
  let number: Int
  let requestId: String
  /// When it came, by the steady clock; items of a batch came with the batch.
  let arrivedAt: Double

  init(
    _ request: Request, base: String, number: Int, seed: Int, arrivedAt: Double = steadyClock()
  ) {
    self.request = request
    self.arrivedAt = arrivedAt
    self.number = number
    requestId = guid(seed, "request", String(number))
    query = request.query
    preferences = Preferences(header: request.header("prefer"))
    self.base = base
  }

  var clientRequestId: String { request.header("client-request-id") ?? requestId }

  var path: Substring { request.target.prefix { $0 != "?" } }

  /// The properties that `$select` names; nil without it.
  var select: Set<String>? {
    query["$select"].map { text in
      Set(text.split(separator: ",").map { trimmed($0) })
    }
  }

  /// Whether the link that led here was given to the same Prefer headers.
  var keepsPreferences: Bool {
    guard let mark = query["$skiptoken"], mark.hasPrefix("k~") else { return true }
    return mark == preferences.mark
  }

  /// This list's next page: the same query with another place in it.
  func nextLink(_ name: String, _ place: String) -> String {
    let old: Set<String> = ["$skip", "$skiptoken"]
    var pairs = query.pairs.filter { !old.contains($0.name.lowercased()) } + [(name, place)]
    if name == "$skip" { pairs.append(("$skiptoken", preferences.mark)) }
    let text = pairs.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
    return "\(base)\(path)?\(text)"
  }

  /// Graph's envelope for what went wrong.
  func failure(_ status: Int, _ code: String, _ message: String) -> Response {
    .object(status) { json in
      json.member("error") { error in
        error.member("code", code)
        error.member("message", message)
        error.member("innerError") { inner in
          inner.member("date", dateTimeText(Int(wallClock())))
          inner.member("request-id", requestId)
          inner.member("client-request-id", clientRequestId)
        }
      }
    }
  }

  func success(_ body: (inout JSONText) -> Void) -> Response {
    var response = Response.object(200, body)
    response.headers = [
      (
        "Content-Type",
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
      ),
      ("OData-Version", "4.0"), ("Cache-Control", "private"), ("Vary", "Accept-Encoding"),
    ]
    response.isChunked = true
    let applied = preferences.applied
    if !applied.isEmpty {
      response.headers.append(("Preference-Applied", applied.joined(separator: ", ")))
    }
    return response
  }
}
