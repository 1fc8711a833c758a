import HTTP
import Records
import Testing

@testable import tt_fetch

/// A mailbox whose answers are of no use: waits, rounds that begin anew, other shapes of them.
@Suite struct MailboxRestartsTests {
  private let rules = MailboxScene.rules

  @Test func `a gateway that gives up three times is asked for bigger pages`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    _ = scene.answer(MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/next"}"#)
    for _ in 1...2 {
      guard case .wait = scene.refuse(504, "UnknownError") else {
        Issue.record("no wait")
        return
      }
      _ = scene.next(.resumed)
    }
    guard case .send(let request) = scene.refuse(504, "UnknownError") else {
      Issue.record("no request")
      return
    }
    #expect(request.url == MailboxScene.delta)
    #expect(request.headers["Prefer"]?.contains("odata.maxpagesize=200") == true)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "restart", "event", "round"])
  }

  @Test func `waits start over with each shape of a round, their time doesn't`() throws {
    for (seconds, reachesHalves) in [(20.0, true), (40.0, false)] {
      var scene = try MailboxScene(rules)
      var action = scene.beginRounds()
      scene.bench.moment.tookSeconds = seconds
      // At 50, 200 and 1,000 a page; half the window is what the gateway manages.
      for _ in 1...9 where action != .finish {
        action = scene.refuse(504, "UnknownError")
        if case .wait(let seconds) = action {
          #expect(seconds <= 1)
          action = scene.next(.resumed)
        }
      }
      guard reachesHalves else {
        #expect(scene.reader.fault?.class == .transient)
        continue
      }
      #expect(url(action)?.hasSuffix("endDateTime=2026-07-02T00:00:00Z") == true)
      #expect(url(scene.answer(MailboxScene.last))?.contains("startDateTime=2026-07-02") == true)
      #expect(scene.answer(MailboxScene.last) == .finish)
      #expect(scene.kinds == ["user", "event", "round", "event", "round", "round"])
    }
  }

  @Test(arguments: [(501, "NotImplemented"), (405, ""), (400, "BadRequest"), (404, "NotFound")])
  func `where changes aren't told the plain view is read`(status: Int, code: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    #expect(url(scene.refuse(status, code))?.contains("/calendarView?") == true)
    #expect(scene.answer(#"{"value":[{"id":"a","type":"seriesMaster"},{"id":"b"}]}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
    #expect(scene.reader.fault == nil)
  }

  @Test func `what was read in place of a window is not retired with what was kept of it`() throws {
    let half = try #require(rules.slices[0].halves)
    let states = [half.0, half.1].enumerated().map { index, window in
      StateRecord(
        key: CalendarKey(user: "u", calendar: "primary"), mail: nil, mode: .full,
        window: window.record, deltaLink: index == 0 ? "https://graph.test/v1.0/old" : nil)
    }
    var scene = try MailboxScene(rules, states: states)
    _ = scene.beginRounds()
    // Pages go round in circles whatever their size; the halves are read.
    let page = MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/again"}"#
    for _ in 1...9 { _ = scene.answer(page) }
    #expect(scene.answer(MailboxScene.last) != .finish)
    #expect(scene.answer(MailboxScene.last) == .finish)
    let rounds = scene.text.split(separator: "\n").filter { $0.contains(#""record":"round""#) }
    #expect(rounds.map { $0.contains(#""event":1"#) } == [true, true, false])
  }

  @Test func `a series that changes while it is read is read again, then in the plain view`()
    throws
  {
    func page(_ subject: String, _ more: String, _ link: String) -> String {
      #"{"value":[{"id":"M","type":"seriesMaster","subject":"\#(subject)"}\#(more)],"@odata.\#(link)":"https://graph.test/v1.0/x"}"#
    }
    let occurrence = #",{"id":"o","type":"occurrence","seriesMasterId":"M"}"#
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    _ = scene.answer(page("old", occurrence, "nextLink"))
    #expect(url(scene.answer(page("new", "", "deltaLink"))) == MailboxScene.delta)
    _ = scene.answer(page("new", occurrence, "nextLink"))
    let plain = scene.answer(page("newest", "", "deltaLink"))
    #expect(url(plain)?.contains("/calendarView?") == true)
    #expect(scene.answer(#"{"value":[{"id":"a"}]}"#) == .finish)
    #expect(
      scene.kinds == [
        "user", "series", "event", "restart", "series", "event", "restart", "event", "round",
      ])
    #expect(scene.reader.fault == nil)
  }

  @Test(arguments: ["<html>", #"{"value":[]}"#])
  func `waits for answers of no use grow, and start over once one was used`(junk: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    _ = scene.answer(MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/next"}"#)
    func wait(_ action: Action) -> Double? {
      if case .wait(let seconds) = action { seconds } else { nil }
    }
    #expect(wait(scene.answer(junk)) == 0.5)
    _ = scene.next(.resumed)
    #expect(wait(scene.answer(junk)) == 1)
    _ = scene.next(.resumed)
    #expect(wait(scene.next(.failure(TransportError(.interrupted, "x")))) == 2)
    _ = scene.next(.resumed)
    _ = scene.answer(#"{"value":[],"@odata.nextLink":"https://graph.test/v1.0/next"}"#)
    #expect(wait(scene.answer(junk)) == 0.5)
  }

  @Test func `waits grow for a long page that is broken half way, time and again`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let subject = String(repeating: "x", count: 1 << 20)
    let long = MailboxScene.meeting.replacing(#""s""#, with: #""\#(subject)""#)
    var waits: [Double] = []
    for _ in 1...3 {
      let page = #"{"value":[\#(long),{"no":"id"}],"@odata.deltaLink":"https://graph.test/v1.0/d"}"#
      if case .wait(let seconds) = scene.answer(page) { waits.append(seconds) }
      #expect(url(scene.next(.resumed)) == MailboxScene.delta)
    }
    #expect(waits == [0.5, 1, 2])
  }

  @Test func `a mailbox that always fails is given up when its time is used`() throws {
    var few = rules
    few.retrySeconds = 3
    var scene = try MailboxScene(few)
    _ = scene.beginRounds()
    var waits = 0
    while case .wait = scene.refuse(500, "x") {
      waits += 1
      _ = scene.next(.resumed)
    }
    #expect(waits == 2)
    #expect(scene.reader.fault?.class == .transient)
  }

  @Test func `time that failing tries take is used time too`() throws {
    var few = rules
    few.retrySeconds = 100
    var scene = try MailboxScene(few)
    _ = scene.beginRounds()
    scene.bench.moment.tookSeconds = 60
    guard case .wait = scene.next(.failure(TransportError(.interrupted, "x"))) else {
      Issue.record("no wait")
      return
    }
    _ = scene.next(.resumed)
    #expect(scene.next(.failure(TransportError(.interrupted, "x"))) == .finish)
  }
}
