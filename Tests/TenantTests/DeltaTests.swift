import NDJSON
import Testing

@testable import tenant

@Suite struct DeltaTests {
  static let window = "startDateTime=2026-03-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z"

  private func start(_ client: TenantClient) -> String {
    "/v1.0/users/\(client.firstUser)/calendarView/delta?\(Self.window)"
  }

  private func truth(_ client: TenantClient) throws -> Set<KnownEvent> {
    let target =
      "/_control/truth?from=2026-03-01&to=2027-06-01&private=keep&user=\(client.firstUser)"
    let lines = client.tenant.respond(to: Request("GET", target)).body.split(separator: "\n")
    let rows = try lines.map { try JSONTree(Array($0.utf8)) }
    return Set(try rows.map { try KnownEvent(truth: $0) })
  }

  @Test(arguments: 1...4)
  func `who follows delta by its rules knows the truth after every change`(seed: Int) throws {
    let client = try TenantClient(seed: seed)
    var copy = CalendarCopy(client, user: client.firstUser)
    try copy.follow(start(client))
    #expect(Set(copy.events.values) == (try truth(client)))
    for round in 1...6 {
      _ = try client.control("POST", "change?seed=\(round)&count=6")
      try copy.follow(try #require(copy.link))
      let (mine, real) = (Set(copy.events.values), try truth(client))
      #expect(mine.subtracting(real).isEmpty, "round \(round) keeps what is gone")
      #expect(real.subtracting(mine).isEmpty, "round \(round) lacks what is there")
    }
    #expect(try client.violations() == [:])
  }

  @Test func `the plain view tells the truth too`() throws {
    let client = try TenantClient()
    let pages = try client.pages(
      "/v1.0/users/\(client.firstUser)/calendarView?startDateTime=2026-03-01&endDateTime=2027-06-01&$top=100"
    )
    let rows = pages.flatMap { $0["value"]?.array ?? [] }
    var masters: [String: JSONTree] = [:]
    for id in Set(rows.compactMap { $0["seriesMasterId"]?.string }) {
      masters[id] = try client.json(
        "/v1.0/users/\(client.firstUser)/events/\(percentEncoded(id))")
    }
    let events = try rows.map { row in
      try KnownEvent(row, master: row["seriesMasterId"]?.string.flatMap { masters[$0] })
    }
    #expect(Set(events) == (try truth(client)))
    #expect(events.count == Set(events.map(\.id)).count)
    // What an expanded date says of itself is not what its series says.
    let occurrence = try #require(rows.first { $0["type"]?.string == "occurrence" })
    let master = try #require(masters[occurrence["seriesMasterId"]?.string ?? ""])
    for name in ["webLink", "changeKey", "createdDateTime", "lastModifiedDateTime"] {
      #expect(occurrence[name]?.string != master[name]?.string, "\(name)")
    }
  }

  @Test func `occurrences come with seven members and masters with their first dates ever`() throws
  {
    let client = try TenantClient()
    let rows = try client.pages(start(client)).flatMap { $0["value"]?.array ?? [] }
    let occurrence = try #require(rows.first { $0["type"]?.string == "occurrence" })
    guard case .object(let members) = occurrence else { return }
    #expect(
      Set(members.keys) == [
        "@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end",
      ])
    let masters = rows.filter { $0["type"]?.string == "seriesMaster" }
    #expect(masters.contains { ($0["start"]?["dateTime"]?.string ?? "") < "2026-03-01" })
    #expect(masters.allSatisfy { $0["recurrence"]?["pattern"] != nil })
  }

  @Test func `a series is never split over pages, however small they are`() throws {
    let client = try TenantClient()
    let pages = try client.pages(
      start(client), prefer: TenantClient.immutable + ", odata.maxpagesize=2")
    var pagesOfSeries: [String: Set<Int>] = [:]
    for (number, page) in pages.enumerated() {
      for row in page["value"]?.array ?? [] {
        guard let master = row["seriesMasterId"]?.string else { continue }
        pagesOfSeries[master, default: []].insert(number)
      }
    }
    // A repeat brings a whole series again, on a page of its own.
    #expect(pagesOfSeries.values.contains { $0.count == 1 })
    #expect(pages.contains { ($0["value"]?.array.count ?? 0) > 2 })
  }

  @Test func `only three generations of links are kept`() throws {
    let client = try TenantClient()
    var copy = CalendarCopy(client, user: client.firstUser)
    try copy.follow(start(client))
    let first = try #require(copy.link)
    for _ in 1...2 { try copy.follow(try #require(copy.link)) }
    #expect(client.get(first).status == 200)
    try copy.follow(try #require(copy.link))
    let response = client.get(first)
    #expect(response.status == 410)
    #expect(response.body.lowercased().contains("sync"))
  }

  @Test func `a deleted occurrence is not announced`() throws {
    let client = try TenantClient()
    var copy = CalendarCopy(client, user: client.firstUser)
    try copy.follow(start(client))
    _ = try client.control("POST", "change?seed=1&count=5&kinds=deleteOccurrence")
    let pages = try client.pages(try #require(copy.link))
    let rows = pages.flatMap { $0["value"]?.array ?? [] }
    #expect(rows.contains { $0["seriesMasterId"] != nil })
    #expect(!rows.contains { $0["@removed"] != nil })
  }

  @Test func `what is changed outside the window comes as removed`() throws {
    let client = try TenantClient()
    var copy = CalendarCopy(client, user: client.firstUser)
    try copy.follow(start(client))
    _ = try client.control("POST", "change?seed=2&count=4&kinds=moveOut")
    let rows = try client.pages(try #require(copy.link)).flatMap { $0["value"]?.array ?? [] }
    #expect(rows.contains { $0["@removed"]?["reason"]?.string == "deleted" })
  }

  @Test(arguments: ["$top=5", "$select=subject", "$expand=instances", "$filter=x", "$orderby=y"])
  func `options that delta does not know are refused`(option: String) throws {
    let client = try TenantClient()
    #expect(client.get(start(client) + "&" + option).status == 400)
  }

  @Test func `a link asked for with other preferences is counted`() throws {
    let client = try TenantClient()
    let first = try client.json(start(client))
    let next = try #require(first["@odata.nextLink"]?.string)
    _ = try client.json(next, prefer: nil)
    #expect(try client.violations() == ["changedPrefer": 1])
  }

  @Test func `an endless mailbox ends with pages larger than its largest series`() throws {
    let client = try TenantClient()
    _ = try client.control(
      "POST", "faults", body: #"{"mailboxes":{"\#(client.firstUser)":"endless"}}"#)
    var target = start(client)
    for _ in 1...100 {
      let page = try client.json(target, prefer: "odata.maxpagesize=5")
      target = try #require(page["@odata.nextLink"]?.string)
    }
    let pages = try client.pages(start(client), prefer: "odata.maxpagesize=1000")
    #expect(pages.last?["@odata.deltaLink"] != nil)
  }
}
