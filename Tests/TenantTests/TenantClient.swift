import NDJSON
import Testing

@testable import tenant

/// Talks to a tenant in this process as a program would over HTTP.
struct TenantClient {
  static let now = CivilDay(2026, 11, 23).midnight
  static let immutable = "IdType=\"ImmutableId\", outlook.timezone=\"UTC\""

  let tenant: Tenant
  let token: String

  init(
    seed: Int = 7, people: Int = 1, events: Int = 40, _ change: (inout Settings) -> Void = { _ in }
  )
    throws
  {
    var settings = Settings(now: Self.now)
    settings.seed = seed
    settings.people = people
    settings.mix = EventMix(count: events)
    change(&settings)
    tenant = Tenant(settings, base: "http://127.0.0.1:1")
    token = tenant.tokens.withLock { [tenant] tokens in
      tokens.issue(tenant.settings, audience: "test", lifetime: 3600, claims: nil)
    }
  }

  var firstUser: String { tenant.world.withLock { $0.people[0].id } }

  func get(_ target: String, prefer: String? = immutable, _ headers: [String: String] = [:])
    -> Response
  {
    var all = [(name: "Authorization", value: "Bearer \(token)")]
    if let prefer { all.append(("Prefer", prefer)) }
    all += headers.map { ($0.key, $0.value) }
    let path = target.hasPrefix(tenant.base) ? target.dropFirst(tenant.base.count) : target[...]
    return tenant.respond(to: Request("GET", String(path), headers: all))
  }

  func json(_ target: String, prefer: String? = immutable) throws -> JSONTree {
    let response = get(target, prefer: prefer)
    try #require(
      response.status == 200, "\(target): \(response.status) \(response.body.prefix(300))")
    return try JSONTree(Array(response.body.utf8))
  }

  func control(_ method: String, _ target: String, body: String = "") throws -> JSONTree {
    let response = tenant.respond(to: Request(method, "/_control/\(target)", body: body))
    try #require(response.status == 200, "\(target): \(response.body)")
    return try JSONTree(Array(response.body.utf8))
  }

  /// All pages of a list, from a first address on.
  func pages(_ target: String, prefer: String? = immutable) throws -> [JSONTree] {
    var pages = [try json(target, prefer: prefer)]
    while let next = pages[pages.count - 1]["@odata.nextLink"]?.string {
      try #require(pages.count < 2000, "the list does not end")
      pages.append(try json(next, prefer: prefer))
    }
    return pages
  }

  func violations() throws -> [String: Int] {
    guard case .object(let members) = try control("GET", "stats")["violations"] else { return [:] }
    return members.compactMapValues(\.integer).filter { $0.value > 0 }
  }
}
