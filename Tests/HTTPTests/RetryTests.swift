import HTTP
import Testing

@Suite struct RetryAfterTests {
  @Test(arguments: [
    ("17", 17), ("0", 0), ("1.5", 1.5), ("+2", 2), ("Tue, 24 Nov 2026 08:00:30 GMT", 30),
    ("Tuesday, 24-Nov-26 08:00:30 GMT", 30), ("Tue Nov 24 08:00:30 2026", 30),
    ("Tue, 24 Nov 2026 07:00:00 GMT", 0), ("tue, 24 nov 2026 08:00:30 gmt", 30),
    ("TUESDAY, 24-NOV-26 08:00:30 GMT", 30), ("tue nov 24 08:00:30 2026", 30),
    ("Tue, 24 Nov 2026 08:00:30 UTC", 30),
  ])
  func `every form of Retry-After is seconds`(text: String, seconds: Double) {
    let now = UTCTime(year: 2026, month: 11, day: 24, hour: 8)
    #expect(RetryAfter.seconds(["Retry-After": text], now: now) == seconds)
  }

  @Test(arguments: ["soon", "-3", "", "Tue, 99 Nov 2026 08:00:30 GMT", "1e3", "+", "+-2"])
  func `what is no time asks for nothing`(text: String) {
    #expect(RetryAfter.seconds(["Retry-After": text], now: UTCTime(unixSeconds: 0)) == nil)
  }

  @Test func `a date is measured against the server's clock, not ours`() {
    let headers: Headers = [
      "retry-after": "Tue, 24 Nov 2026 08:00:30 GMT", "date": "Tue, 24 Nov 2026 08:00:20 GMT",
    ]
    #expect(RetryAfter.seconds(headers, now: UTCTime(unixSeconds: 0)) == 10)
  }
}

@Suite struct RetryPolicyTests {
  @Test func `the floor doubles, starts over after a success, and ends at its limit`() {
    var policy = RetryPolicy(
      budgetSeconds: 1000, firstFloorSeconds: 1, longestFloorSeconds: 4)
    #expect(policy.fail(askedSeconds: nil, jitter: 0.5) == .retry(afterSeconds: 1))
    #expect(policy.fail(askedSeconds: nil, jitter: 0.5) == .retry(afterSeconds: 2))
    #expect(policy.fail(askedSeconds: nil, jitter: 0.5) == .retry(afterSeconds: 4))
    #expect(policy.fail(askedSeconds: nil, jitter: 0.5) == .retry(afterSeconds: 4))
    policy.succeed()
    #expect(policy.fail(askedSeconds: nil, jitter: 0.5) == .retry(afterSeconds: 1))
    #expect(policy.budgetSeconds == 988)
  }

  @Test(arguments: [0.0, 0.3, 1.0])
  func `what the server asks for is never cut short`(jitter: Double) {
    var policy = RetryPolicy(budgetSeconds: 1000)
    guard case .retry(let seconds) = policy.fail(askedSeconds: 17, jitter: jitter) else {
      Issue.record("gave up")
      return
    }
    #expect(seconds >= 17 && seconds < 18)
  }

  @Test func `a wait that the budget doesn't reach is not begun`() {
    var policy = RetryPolicy(budgetSeconds: 10)
    #expect(policy.fail(askedSeconds: 60, jitter: 0) == .giveUp)
    #expect(policy.budgetSeconds == 10)
  }
}
