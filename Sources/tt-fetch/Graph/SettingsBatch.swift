import HTTP
import NDJSON
import Records

/// Asks for settings and categories of up to ten mailboxes in one request.
///
/// An item that fails is asked for again by its mailbox, singly; so is everything when the batch as a whole fails.
struct SettingsBatch: Sendable {
  /// The service takes twenty items; each mailbox needs two.
  static let mailboxLimit = 10

  /// What came for one mailbox.
  struct Answers: Sendable {
    var settings: Response?
    var categories: Response?
  }

  let people: [UserRecord]
  private(set) var answers: [Answers]
  /// Whether the service knows no batches: nobody needs to try again.
  private(set) var isRefused = false
  private let graph: Graph
  private let preferences: Preferences
  private var attempt: Attempt

  init(_ people: [UserRecord], _ graph: Graph, _ preferences: Preferences, retrySeconds: Double) {
    self.people = people
    self.graph = graph
    self.preferences = preferences
    answers = people.map { _ in Answers() }
    attempt = Attempt(budgetSeconds: min(retrySeconds, 10))
  }

  mutating func next(_ event: Event, _ bench: inout Workbench) -> Action {
    if case .start = event { return attempt.begin(request) }
    switch attempt.take(event, bench.moment) {
    case .act(let action): return action
    case .failed: return .finish
    case .answered(let response):
      isRefused = [400, 404, 405, 501].contains(response.status)
      // What can't be read is asked for singly; that will tell why.
      if response.isSuccess { try? take(unsafe response.body.span.bytes, &bench) }
      return .finish
    }
  }

  private var request: Request {
    var body = OutputBuffer(capacity: 4096)
    body.append("{\"requests\":[")
    for (index, person) in people.enumerated() {
      if index > 0 { body.append(",") }
      appendItem(2 * index, graph.settings(person.id), to: &body)
      body.append(",")
      appendItem(2 * index + 1, graph.categories(person.id), to: &body)
    }
    body.append("]}")
    return Request(
      .post, graph.batch,
      headers: ["Content-Type": "application/json", "Accept": "application/json"],
      body: body.withBytes { Array(copying: $0) })
  }

  private func appendItem(_ id: Int, _ url: String, to body: inout OutputBuffer) {
    body.append("{\"id\":\"")
    body.append(integer: id)
    body.append("\",\"method\":\"GET\",\"url\":")
    body.append(jsonString: graph.relative(url))
    body.append(",\"headers\":{\"Prefer\":")
    body.append(jsonString: preferences.headers(pageSize: nil)["Prefer"])
    body.append("}}")
  }

  private mutating func take(_ body: RawSpan, _ bench: inout Workbench) throws {
    try bench.pageScanner.scan(body)
    guard let responses = bench.pageScanner.value("responses") else { return }
    try responses.forEachElement(body) { element in
      try bench.itemScanner.scan(body, element)
      guard let id = bench.itemScanner.value("id")?.text(body), let number = Int(id),
        people.indices.contains(number / 2), let response = response(body, bench.itemScanner)
      else { return }
      if number % 2 == 0 {
        answers[number / 2].settings = response
      } else {
        answers[number / 2].categories = response
      }
    }
  }

  private func response(_ body: RawSpan, _ scanner: borrowing ObjectScanner) -> Response? {
    // 424 speaks of the batch, not of the item.
    guard let status = scanner.value("status")?.integer(body), status != 424 else { return nil }
    var headers = Headers()
    if let value = scanner.value("headers"), case .object(let lines) = try? JSONTree(body, value) {
      for (name, value) in lines {
        if let text = value.string { headers.append(name, text) }
      }
    }
    let content = scanner.value("body").map { Array(copying: body, $0.range) } ?? []
    return Response(status: status, headers: headers, body: content)
  }
}
