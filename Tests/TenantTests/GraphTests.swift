import NDJSON
import Testing

@testable import tenant

@Suite struct GraphTests {
  @Test func `a list of users pages with links and may begin with nothing`() throws {
    let client = try TenantClient(seed: 7, people: 3, events: 5)
    let pages = try client.pages("/v1.0/users?$select=id,userType,accountEnabled&$top=2")
    #expect(pages.first?["value"]?.array.isEmpty ?? false)
    let people = pages.flatMap { $0["value"]?.array ?? [] }
    #expect(people.count == client.tenant.world.withLock { $0.people.count })
    #expect(people.contains { $0["userType"]?.string == "Guest" })
    #expect(people.contains { $0["accountEnabled"]?.bool == false })
  }

  @Test(arguments: [
    ("users?$top=1000", 400, "Request_UnsupportedQuery"),
    ("users?$skip=5", 400, "Request_BadRequest"),
    ("users?$select=mailboxSettings", 501, "NotImplemented"),
    ("users/nobody", 404, "Request_ResourceNotFound"),
    (
      "users/nobody/calendarView?startDateTime=2026-01-01&endDateTime=2026-02-01", 404,
      "ErrorInvalidUser"
    ),
    ("users/olga.premises@example.test/calendars", 404, "MailboxNotEnabledForRESTAPI"),
    (
      "users/kim_partner.example%23EXT%23@example.test/calendars", 404,
      "MailboxNotEnabledForRESTAPI"
    ),
    ("users/board.secretary@example.test/calendars", 403, "ErrorAccessDenied"),
    ("users/ada.okafor@example.test/calendarView", 400, "ErrorInvalidParameter"),
    (
      "users/ada.okafor@example.test/calendarView?startDateTime=2021-01-01&endDateTime=2026-01-01",
      400, "ErrorInvalidRequest"
    ),
    ("nonsense", 400, "BadRequest"),
  ])
  func `what cannot be had is refused in Graph's envelope`(
    path: String, status: Int, code: String
  ) throws {
    let client = try TenantClient(events: 5)
    let response = client.get("/v1.0/" + path)
    #expect(response.status == status)
    let error = try JSONTree(Array(response.body.utf8))["error"]
    #expect(error?["code"]?.string == code)
    #expect(error?["innerError"]?["request-id"]?.string == response.header("request-id"))
  }

  @Test func `a view has ten rows unless more are asked for`() throws {
    let client = try TenantClient()
    let view =
      "/v1.0/users/\(client.firstUser)/calendarView?startDateTime=2026-01-01&endDateTime=2027-01-01"
    #expect(try client.json(view)["value"]?.array.count == 10)
    #expect(try client.json(view + "&$top=25")["value"]?.array.count == 25)
  }

  @Test func `preferences hold for one request`() throws {
    let client = try TenantClient()
    let view =
      "/v1.0/users/\(client.firstUser)/calendarView?startDateTime=2026-01-01&endDateTime=2027-01-01"
    let tokyo = #"outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text""#
    let there = try #require(try client.json(view, prefer: tokyo)["value"]?.array.first)
    let plain = try #require(try client.json(view, prefer: nil)["value"]?.array.first)
    #expect(there["start"]?["timeZone"]?.string == "Tokyo Standard Time")
    #expect(there["body"]?["contentType"]?.string == "text")
    #expect(plain["start"]?["timeZone"]?.string == "UTC")
    #expect(plain["body"]?["contentType"]?.string == "html")
    let immutable = try #require(try client.json(view)["value"]?.array.first)
    #expect(immutable["id"]?.string != plain["id"]?.string)
    #expect(client.get(view, prefer: "outlook.timezone=\"Mars\"").status == 400)
  }

  @Test func `ids that differ only in case are there`() throws {
    let client = try TenantClient()
    let user = client.firstUser
    let ids = client.tenant.world.withLock { world in
      world.mailboxes[user]?.items.map { $0.key.id(isImmutable: true, calendar: 0) }
        ?? []
    }
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids.map { $0.lowercased() }).count == ids.count - 2)
    #expect(ids.allSatisfy { $0.utf8.count == 152 })
  }

  @Test func `group members need the header and the count on each page`() throws {
    let client = try TenantClient(people: 4, events: 5)
    let group = client.tenant.world.withLock { $0.groups[0].id }
    let path = "/v1.0/groups/\(group)/transitiveMembers/microsoft.graph.user?$count=true"
    #expect(client.get(path).status == 400)
    #expect(client.get(path, ["ConsistencyLevel": "eventual"]).status == 200)
  }

  @Test func `a batch answers each of up to twenty requests by itself`() throws {
    let client = try TenantClient(events: 5)
    let items = [
      #"{"id":"1","method":"GET","url":"/users/\#(client.firstUser)/mailboxSettings"}"#,
      #"{"id":"2","method":"GET","url":"/users/nobody/mailboxSettings"}"#,
      #"{"id":"3","method":"GET","url":"/users","dependsOn":["2"]}"#,
    ]
    func post(_ items: [String]) -> Response {
      client.tenant.respond(
        to: Request(
          "POST", "/v1.0/$batch", headers: [("Authorization", "Bearer \(client.token)")],
          body: #"{"requests":[\#(items.joined(separator: ","))]}"#))
    }
    let tree = try JSONTree(Array(post(items).body.utf8))
    let answers = tree["responses"]?.array ?? []
    let statuses = Dictionary(
      uniqueKeysWithValues: answers.map { ($0["id"]?.string ?? "", $0["status"]?.integer ?? 0) })
    #expect(statuses == ["1": 200, "2": 404, "3": 424])
    #expect(post([items[0], items[0]]).status == 400)
    #expect(post((0...20).map { #"{"id":"\#($0)","method":"GET","url":"/users"}"# }).status == 400)
  }

  /// What a mailbox answers before the time that its Retry-After named.
  private func statusInTheWait(_ client: TenantClient, _ user: String) throws -> Int {
    _ = try client.control(
      "POST", "faults", body: #"{"rate":1,"kinds":["429"],"retryAfter":30}"#)
    let path = "/v1.0/users/\(user)/mailboxSettings"
    #expect(client.get(path).header("Retry-After") == "30")
    _ = try client.control("POST", "faults")
    return client.get(path).status
  }

  @Test func `a request before the time that Retry-After named is counted and throttled again`()
    throws
  {
    let client = try TenantClient(events: 5)
    #expect(try statusInTheWait(client, client.firstUser) == 429)
    #expect(try client.violations() == ["earlyRetry": 1])
  }

  @Test func `a mailbox that isn't there keeps nobody waiting`() throws {
    let client = try TenantClient(events: 5)
    #expect(try statusInTheWait(client, "svc.backup@example.test") == 404)
    #expect(try client.violations() == [:])
  }

  @Test func `what came in one batch with the request that was throttled is not early`() throws {
    let client = try TenantClient(events: 5)
    _ = try client.control(
      "POST", "faults", body: #"{"mailboxes":{"\#(client.firstUser)":"throttled"},"retryAfter":30}"#
    )
    let items = ["mailboxSettings", "outlook/masterCategories"].map {
      #"{"id":"\#($0)","method":"GET","url":"/users/\#(client.firstUser)/\#($0)"}"#
    }
    let response = client.tenant.respond(
      to: Request(
        "POST", "/v1.0/$batch", headers: [("Authorization", "Bearer \(client.token)")],
        body: #"{"requests":[\#(items.joined(separator: ","))]}"#))
    let answers = try JSONTree(Array(response.body.utf8))["responses"]?.array ?? []
    #expect(answers.map { $0["status"]?.integer } == [429, 429])
    #expect(try client.violations() == [:])
    _ = client.get("/v1.0/users/\(client.firstUser)/mailboxSettings")
    #expect(try client.violations() == ["earlyRetry": 1])
  }

  @Test func `a missing token, an unknown one and an old one are refused`() throws {
    let client = try TenantClient(events: 5)
    let tenant = client.tenant
    #expect(tenant.respond(to: Request("GET", "/v1.0/users")).status == 401)
    let old = tenant.tokens.withLock {
      $0.issue(tenant.settings, audience: "x", lifetime: -1, claims: nil)
    }
    for token in [old, "nonsense"] {
      let request = Request("GET", "/v1.0/users", headers: [("Authorization", "Bearer \(token)")])
      let response = tenant.respond(to: request)
      #expect(response.status == 401)
      #expect(response.header("WWW-Authenticate") != nil)
    }
    #expect(try client.violations() == ["missingAuthorization": 1])
  }

  @Test func `the same seed makes the same tenant`() throws {
    func truth(_ seed: Int) throws -> String {
      let client = try TenantClient(seed: seed, people: 2, events: 20)
      _ = try client.control("POST", "change?seed=3&count=20")
      let request = Request("GET", "/_control/truth?from=2026-01-01&to=2027-01-01")
      return client.tenant.respond(to: request).body
    }
    let first = try truth(1)
    #expect(!first.isEmpty)
    #expect(try truth(1) == first)
    #expect(try truth(2) != first)
  }

  @Test func `hours add up whatever they are grouped by`() throws {
    let client = try TenantClient(people: 3, events: 60)
    let span = "from=2026-10-01&to=2026-11-01"
    let whole = try client.control("GET", "hours?\(span)&by=user")
    for keys in ["project", "project,activity", "user,day", "day,project,activity"] {
      let rows = try client.control("GET", "hours?\(span)&by=\(keys)")["rows"]?.array ?? []
      let seconds = rows.reduce(0) { $0 + ($1["seconds"]?.integer ?? 0) }
      #expect(seconds == whole["total"]?["seconds"]?.integer)
    }
  }
}
