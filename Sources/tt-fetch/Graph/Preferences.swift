import HTTP

/// What each request asks of Graph.
///
/// It must be the same on every page and link of a list.
struct Preferences: Sendable {
  enum Body: String, CaseIterable, Sendable { case none, text, html }

  var body: Body

  /// Ids that stay when an item moves, times in UTC, and pages of about this size.
  func headers(pageSize: Int?) -> Headers {
    // Plain text is the shorter one: bodies that nobody wants are asked for in that form.
    let bodyType = body == .html ? "html" : "text"
    var prefer =
      "IdType=\"ImmutableId\", outlook.timezone=\"UTC\", outlook.body-content-type=\"\(bodyType)\""
    if let pageSize { prefer += ", odata.maxpagesize=\(pageSize)" }
    return ["Prefer": prefer, "Accept": "application/json"]
  }
}
