import NDJSON
import Testing

@testable import tenant

/// What happens when many ask at once.
@Suite struct CrowdTests {
  @Test func `a fifth request at a time to one mailbox is throttled and counted`() throws {
    let client = try TenantClient(events: 5)
    _ = try client.control("POST", "faults", body: #"{"latencyMs":2000}"#)
    let statuses = Locked<[Int]>([])
    for _ in 1...6 {
      startThread {
        let status = client.get("/v1.0/users/\(client.firstUser)/mailboxSettings").status
        statuses.withLock { $0.append(status) }
      }
    }
    while statuses.withLock({ $0.count < 6 }) { sleep(milliseconds: 10) }
    #expect(statuses.withLock { $0.filter { $0 == 429 }.count } >= 2)
    #expect(try client.violations()["concurrency"] ?? 0 >= 1)
  }

  @Test func `who asks for several things at once may learn late of a wait`() {
    var traffic = Traffic()
    traffic.block("m", from: 100, seconds: 30, asked: Request("GET", "/0"))
    func isBroken(_ target: String, at now: Double) -> Bool {
      let request = Request("GET", target)
      let block = traffic.block("m", at: now)
      let answer = block?.isBroken(by: request, arrivedAt: now, others: 3) ?? false
      traffic.block("m", from: now, seconds: 30, asked: request)
      return answer
    }
    #expect(!isBroken("/1", at: 110))
    #expect(!isBroken("/2", at: 120))
    #expect(!isBroken("/0", at: 131), "its own wait is over")
    #expect(isBroken("/1", at: 135))
    #expect(!isBroken("/3", at: 140))
    #expect(isBroken("/4", at: 141), "three others at most were under way")
  }

  @Test func `a mailbox of one page gives everything at once`() throws {
    let client = try TenantClient { $0.mix = EventMix(count: 300, shape: .singles) }
    _ = try client.control(
      "POST", "faults", body: #"{"mailboxes":{"ada.okafor@example.test":"onePage"}}"#)
    let window = "startDateTime=2025-01-01&endDateTime=2027-12-01"
    let pages = try client.pages("/v1.0/users/\(client.firstUser)/calendarView/delta?\(window)")
    let counts = pages.map { $0["value"]?.array.count ?? 0 }
    #expect(counts.max() ?? 0 >= 300)
    #expect(counts.filter { $0 > 0 }.count == 1)
  }
}
