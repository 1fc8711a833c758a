import HTTP
import Testing

@testable import tt_fetch

@Suite struct AskedAheadTests {
  private func request(_ name: String) -> Request { Request(.get, "https://graph.test/\(name)") }

  private func answer(_ status: Int = 200) -> Event { .answer(Response(status: status)) }

  @Test func `no more is asked ahead than there is room for`() {
    var asked = AskedAhead(room: 2)
    let begun = asked.begin([request("a"), request("b"), request("c")])
    #expect(begun.map(\.request) == [request("a"), request("b")])
    #expect(begun.map(\.lane) == [1, 2])
    let again = asked.begin([request("a"), request("b"), request("c")])
    #expect(again.isEmpty)
  }

  @Test func `an answer waits for its turn, and is given once`() {
    var asked = AskedAhead(room: 1)
    _ = asked.begin([request("a")])
    let isAwaited = asked.take(answer(), lane: 1, askedSeconds: nil, now: 0)
    #expect(!isAwaited)
    guard case .answer = asked.claim(request("a")) else { return #expect(Bool(false)) }
    guard case .nothing = asked.claim(request("a")) else { return #expect(Bool(false)) }
  }

  @Test func `a turn that comes before the answer waits for it`() {
    var asked = AskedAhead(room: 1)
    _ = asked.begin([request("a")])
    guard case .underWay(lane: 1) = asked.claim(request("a")) else { return #expect(Bool(false)) }
    let isAwaited = asked.take(answer(429), lane: 1, askedSeconds: 3, now: 10)
    #expect(isAwaited)
    #expect(asked.quietUntil == 13)
  }

  @Test
  func `after a refusal the mailbox is left alone as asked, and asks for one thing at a time`() {
    var asked = AskedAhead(room: 3)
    _ = asked.begin([request("a"), request("b")])
    let isAwaited = asked.take(answer(429), lane: 1, askedSeconds: 5, now: 10)
    #expect(!isAwaited)
    #expect(asked.quietUntil == 15)
    let more = asked.begin([request("c")])
    #expect(more.isEmpty)
    guard case .nothing = asked.claim(request("a")) else { return #expect(Bool(false)) }
  }

  @Test func `an answer that nobody will ask for any more makes room`() {
    var asked = AskedAhead(room: 1)
    _ = asked.begin([request("a")])
    _ = asked.take(answer(), lane: 1, askedSeconds: nil, now: 0)
    let begun = asked.begin([request("b")])
    #expect(begun.map(\.request) == [request("b")])
  }
}
