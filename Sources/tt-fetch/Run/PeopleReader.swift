import HTTP
import NDJSON
import Records

/// Finds out whose mailboxes are to be read: page by page, so that a large tenant never has to fit in memory.
struct PeopleReader: Sendable {
  private(set) var fault: GraphFault?
  /// People found and not taken yet.
  private var found: [UserRecord] = []
  private var nextLinks: [Source]
  private var attempt: Attempt
  private let graph: Graph
  private var repetition = RepetitionGuard()

  private enum Source: Sendable {
    case list(String)
    /// Members of a group by an advanced query, which not every service knows.
    case members(group: String, String)
    case one(name: String, url: String)
    /// Somebody by mail address, since that is no user principal name here.
    case mail(String, GraphFault, page: String?)
    /// Somebody of whom nothing but the id is known.
    case bare(UserRecord)
  }

  /// Everybody, a group's members, or people by id or name.
  init(_ choice: PeopleChoice, _ graph: Graph, retrySeconds: Double) {
    self.graph = graph
    attempt = Attempt(budgetSeconds: retrySeconds)
    switch choice {
    case .known(let people):
      found = people.filter { !$0.isBare }
      nextLinks = people.filter(\.isBare).map { .bare($0) }
    case .everybody: nextLinks = [.list(graph.users)]
    case .group(let id): nextLinks = [.members(group: id, graph.members(ofGroup: id))]
    case .named(let names): nextLinks = names.map { .one(name: $0, url: graph.user($0)) }
    }
  }

  mutating func takeFound() -> [UserRecord] {
    defer { found = [] }
    return found
  }

  mutating func next(_ event: Event, _ bench: inout Workbench) -> Action {
    switch event {
    case .start: return ask(&bench)
    case .resumed where isResting:
      isResting = false
      return ask(&bench)
    default: break
    }
    switch attempt.take(event, bench.moment) {
    case .act(let action): return action
    case .failed(let fault): return fail(fault)
    case .answered(let response): return take(response, &bench)
    }
  }

  private var isResting = false

  private mutating func ask(_ bench: inout Workbench) -> Action {
    guard let source = nextLinks.first else { return .finish }
    let url =
      switch source {
      case .list(let url), .members(_, let url), .one(_, let url): url
      case .mail(let address, _, let page): page ?? graph.users(withMail: address)
      case .bare(let person): graph.user(person.id)
      }
    guard let url = graph.followable(url) else {
      return fail(
        GraphFault(.data, code: "foreignLink", message: "a link leads away from the Graph endpoint")
      )
    }
    var request = Request(.get, url, headers: ["Accept": "application/json"])
    // Links don't carry headers: advanced queries need this one on every page.
    if url.contains("/groups/") { request.headers.append("ConsistencyLevel", "eventual") }
    return attempt.begin(request)
  }

  private mutating func fail(_ fault: GraphFault) -> Action {
    self.fault = fault
    return .finish
  }

  private mutating func take(_ response: Response, _ bench: inout Workbench) -> Action {
    guard let source = nextLinks.first else { return .finish }
    guard response.isSuccess else { return refuse(GraphFault(response), source, &bench) }
    let body = unsafe response.body.span.bytes
    do {
      switch source {
      case .one, .bare:
        try bench.itemScanner.scan(body)
        try found.append(UserRecord(body, bench.itemScanner))
        nextLinks.removeFirst()
      case .mail(let address, let fault, _): try takeOwner(of: address, fault, body, &bench)
      case .list, .members: try takePage(body, &bench)
      }
    } catch {
      switch attempt.retryUnusable("\(error)", bench.moment) {
      case .act(let action): return action
      case .failed(let fault): return fail(fault)
      case .answered: return .finish
      }
    }
    return rest()
  }

  private mutating func takePage(_ body: RawSpan, _ bench: inout Workbench) throws {
    let (people, nextLink) = try people(on: body, &bench)
    found += people.filter { !$0.isBare }
    nextLinks = people.filter(\.isBare).map { .bare($0) } + (nextLink.map { [.list($0)] } ?? [])
    guard repetition.pageRepeats(), nextLink != nil else { return }
    fault = GraphFault(
      .data, code: "endlessPaging", message: "the service repeats the same people for ever")
    nextLinks = []
  }

  private mutating func takeOwner(
    of address: String, _ fault: GraphFault, _ body: RawSpan, _ bench: inout Workbench
  ) throws {
    let (people, nextLink) = try people(on: body, &bench)
    nextLinks.removeFirst()
    found += people
    guard people.isEmpty else { return repetition = RepetitionGuard() }
    if let nextLink, !repetition.pageRepeats() {
      nextLinks.insert(.mail(address, fault, page: nextLink), at: 0)
    } else {
      missing.append((address, fault))
    }
  }

  private mutating func people(
    on body: RawSpan, _ bench: inout Workbench
  ) throws -> (people: [UserRecord], nextLink: String?) {
    guard let page = try GraphPage(body, &bench.pageScanner) else {
      throw RoundWriter.Fault.unreadable("the answer holds no list")
    }
    var people: [UserRecord] = []
    try page.elements.forEachElement(body) { element in
      try bench.itemScanner.scan(body, element)
      guard isPerson(body, bench.itemScanner) else { return }
      try people.append(UserRecord(body, bench.itemScanner))
      if let id = bench.itemScanner.value(bench.names.id) { repetition.note(body, id: id) }
    }
    return (people, page.nextLink)
  }

  /// Groups hold devices and other groups too, where the service doesn't sort them out.
  private func isPerson(_ body: RawSpan, _ scanner: borrowing ObjectScanner) -> Bool {
    guard let type = scanner.value("@odata.type")?.stringText(body) else { return true }
    return equalsIgnoringCase(type, "#microsoft.graph.user")
  }

  private mutating func rest() -> Action {
    guard !nextLinks.isEmpty else { return .finish }
    isResting = true
    return .rest
  }

  /// A person who isn't there is no reason to stop for the others.
  private mutating func refuse(
    _ fault: GraphFault, _ source: Source, _ bench: inout Workbench
  ) -> Action {
    switch source {
    case .one(let name, _) where fault.status == 404:
      nextLinks.removeFirst()
      if name.contains("@") {
        nextLinks.insert(.mail(name, fault, page: nil), at: 0)
      } else {
        missing.append((name, fault))
      }
      return rest()
    case .mail(let address, let first, _) where [400, 404, 501].contains(fault.status):
      missing.append((address, first))
      nextLinks.removeFirst()
      return rest()
    case .bare(let person) where [.denied, .noMailbox, .data, .config].contains(fault.class):
      // Whoever it is, the mailbox may be read all the same.
      found.append(person)
      nextLinks.removeFirst()
      return rest()
    case .members(let group, _) where [400, 404, 501].contains(fault.status):
      nextLinks = [.list(graph.everyMember(ofGroup: group))]
      return rest()
    default: return fail(fault)
    }
  }

  /// People who were asked for by name and that nobody knows.
  private var missing: [(name: String, fault: GraphFault)] = []

  mutating func takeMissing() -> [(name: String, fault: GraphFault)] {
    defer { missing = [] }
    return missing
  }
}

extension UserRecord {
  /// Whether nothing but the id is known, as where rights don't reach to see more.
  var isBare: Bool { userPrincipalName == nil && mail == nil && displayName == nil }
}
