import HTTP
import Records
import Testing

@testable import tt_fetch

/// A mailbox is read: events go in, actions come out, no server anywhere.
@Suite struct MailboxReaderTests {
  private let rules = MailboxScene.rules

  @Test func `a mailbox is settings, categories, then a round`() throws {
    var scene = try MailboxScene(rules)
    #expect(url(scene.next(.start)) == "https://graph.test/v1.0/users/u/mailboxSettings")
    #expect(
      url(scene.answer(#"{"timeZone":"UTC"}"#))
        == "https://graph.test/v1.0/users/u/outlook/masterCategories")
    #expect(
      url(scene.answer(#"{"value":[{"displayName":"c","color":"none"}]}"#)) == MailboxScene.delta)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "category", "event", "round"])
  }

  @Test func `the same preferences go out on every page`() throws {
    var scene = try MailboxScene(rules)
    let first = scene.beginRounds()
    let second = scene.answer(
      MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/next"}"#)
    guard case .send(let one) = first, case .send(let two) = second else {
      Issue.record("no requests")
      return
    }
    #expect(two.url == "https://graph.test/v1.0/next")
    #expect(one.headers["Prefer"] == two.headers["Prefer"])
    #expect(one.headers["Prefer"]?.contains("IdType=\"ImmutableId\"") == true)
  }

  @Test(arguments: [
    "https://evil.test/next", "http://graph.test/next", "https://graph.test:444/next",
    "https://graph.test.evil.test/", "https://graph.test@evil.test/", "//evil.test/next",
    "/\\\\evil.test/next", "//graph.test:444/next", "//graph.test@evil.test/next", "https:next",
    "https:/evil.test/",
    "javascript:next", "?x=1", "#x", "users\\\\..\\\\evil.test",
  ])
  func `a link that leaves the endpoint is refused`(link: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    #expect(scene.answer(MailboxScene.event + #""@odata.nextLink":"\#(link)"}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "error"])
    #expect(scene.reader.fault?.class == .data)
  }

  @Test func `a throttled mailbox waits as long as it is told and asks the same again`() throws {
    var scene = try MailboxScene(rules)
    let request = scene.beginRounds()
    guard case .wait(let seconds) = scene.refuse(429, "x", ["Retry-After": "7"]) else {
      Issue.record("no wait")
      return
    }
    #expect(seconds >= 7)
    #expect(scene.next(.resumed) == request)
  }

  @Test func `after a 503 a new connection is made`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    _ = scene.refuse(503, "x")
    guard case .send(let request) = scene.next(.resumed) else {
      Issue.record("no request")
      return
    }
    #expect(request.wantsFreshConnection)
  }

  @Test(arguments: [
    "<html>", #"{"value":[{"id":"a"},"#, #"{"value":[{"id":"a","id":"b"}]}"#, "", "null",
  ])
  func `an answer that makes no sense is asked for again, and nothing of it stays`(
    body: String
  ) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    guard case .wait = scene.answer(body) else {
      Issue.record("no wait")
      return
    }
    #expect(url(scene.next(.resumed)) == MailboxScene.delta)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
  }

  @Test func `a 401 renews the token, and a second one too, but a third is an error`() throws {
    var scene = try MailboxScene(rules)
    let request = scene.beginRounds()
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .renewToken(claims: nil))
    #expect(scene.next(.resumed) == request)
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .renewToken(claims: nil))
    #expect(scene.next(.resumed) == request)
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .finish)
    #expect(scene.reader.fault?.class == .auth)
  }

  @Test func `a claims challenge is passed on`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let header = #"Bearer error="insufficient_claims", claims="eyJhIjoxfQ==""#
    #expect(
      scene.refuse(401, "x", ["WWW-Authenticate": header]) == .renewToken(claims: #"{"a":1}"#))
  }

  @Test(arguments: [
    (410, "SyncStateNotFound"), (410, ""), (400, "resyncRequired"), (404, "syncStateInvalid"),
    (410, "FULLSYNCREQUIRED"), (409, "SyncStateInvalid"), (412, "syncStateNotFound"),
  ])
  func `a forgotten link leads to a full round of its window only`(
    status: Int, code: String
  ) throws {
    let link = "https://graph.test/v1.0/old"
    let state = StateRecord(
      key: CalendarKey(user: "u", calendar: "primary"), mail: nil, mode: .delta,
      window: rules.slices[0].record, deltaLink: link)
    var scene = try MailboxScene(rules, states: [state])
    #expect(url(scene.beginRounds()) == link)
    _ = scene.answer(MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/n"}"#)
    #expect(url(scene.refuse(status, code)) == MailboxScene.delta)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "restart", "event", "round"])
  }

  @Test(arguments: [
    (404, "MailboxNotEnabledForRESTAPI", ErrorRecord.Class.noMailbox),
    (400, "ErrorInvalidUser", .noMailbox), (403, "ErrorAccessDenied", .denied),
    (302, "", .data), (400, "ErrorInvalidUrlQuery", .config),
    (404, "ErrorItemNotFound", .noMailbox),
    (404, "", .data), (404, "UnknownError", .data),
  ])
  func `the cases are told apart`(status: Int, code: String, kind: ErrorRecord.Class) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    // A refusal of changes may lead to the plain view, which is refused too.
    if case .send = scene.refuse(status, code) { _ = scene.refuse(status, code) }
    #expect(scene.reader.fault?.class == kind)
  }

  @Test func `a mailbox that has shown events is there, whatever a later page says`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    _ = scene.answer(MailboxScene.event + #""@odata.nextLink":"https://graph.test/v1.0/next"}"#)
    #expect(scene.refuse(404, "ErrorItemNotFound") == .finish)
    #expect(scene.reader.fault?.class == .data)
  }

  @Test(arguments: [(404, "ErrorItemNotFound"), (501, "NotImplemented"), (400, "x"), (404, "")])
  func `events are read though settings and categories can't be`(
    status: Int, code: String
  ) throws {
    var scene = try MailboxScene(rules)
    _ = scene.next(.start)
    _ = scene.refuse(status, code)
    #expect(url(scene.refuse(status, code)) == MailboxScene.delta)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
    #expect(scene.reader.notes.count == 2)
  }

  @Test(arguments: [#"{"value":[]}"#, #"{"value":[],"@odata.nextLink":null}"#])
  func `changes without an end are asked for again, and then read plainly`(body: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    for _ in 1...2 {
      guard case .wait = scene.answer(body) else {
        Issue.record("no wait")
        return
      }
      #expect(url(scene.next(.resumed)) == MailboxScene.delta)
    }
    #expect(url(scene.answer(body))?.contains("/calendarView?") == true)
    #expect(scene.answer(#"{"value":[{"id":"a"}]}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
  }

  @Test(arguments: ["7", "{}", "[]", "true"])
  func `a link that is no text is no end of a list`(link: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    guard case .wait = scene.answer(#"{"value":[],"@odata.nextLink":\#(link)}"#) else {
      Issue.record("no wait")
      return
    }
  }

  @Test func `a round that ends with a link to elsewhere counts, without the link`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    #expect(
      scene.answer(MailboxScene.event + #""@odata.deltaLink":"https://evil.test/d"}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
    #expect(scene.reader.fault == nil)
    #expect(!scene.text.contains("evil"))
  }

  @Test func `a state that was kept from another endpoint is as good as none`() throws {
    let state = StateRecord(
      key: CalendarKey(user: "u", calendar: "primary"), mail: nil, mode: .delta,
      window: rules.slices[0].record, deltaLink: "https://other.test/v1.0/old")
    var scene = try MailboxScene(rules, states: [state])
    #expect(url(scene.beginRounds()) == MailboxScene.delta)
  }

  @Test(arguments: [
    "/v1.0/users/u/n?x=1", "/users/u/n?x=1", "users/u/n?x=1", "//graph.test/v1.0/users/u/n?x=1",
  ])
  func `a link without a host stays here`(link: String) throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let action = scene.answer(MailboxScene.event + #""@odata.nextLink":"\#(link)"}"#)
    #expect(url(action) == "https://graph.test/v1.0/users/u/n?x=1")
  }

  @Test func `a page with both links leads on`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let next = "https://graph.test/v1.0/next"
    let action = scene.answer(
      MailboxScene.event
        + #""@odata.deltaLink":"https://graph.test/v1.0/d","@odata.nextLink":"\#(next)"}"#)
    #expect(url(action) == next)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "event", "round"])
    #expect(scene.text.contains("/d?x=1"))
  }

  @Test func `what no address may hold is encoded in a link`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let action = scene.answer(
      MailboxScene.event
        + #""@odata.nextLink":"https://graph.test/v1.0/users/j\u00f6rg x/n?a='b'"}"#)
    #expect(url(action) == "https://graph.test/v1.0/users/j%C3%B6rg%20x/n?a='b'")
  }

  @Test(arguments: [(403, "ErrorAccessDenied"), (400, "ErrorInvalidRequest")])
  func `a calendar that can't be read keeps nobody from the next`(
    status: Int, code: String
  ) throws {
    var all = rules
    all.calendars = .all
    all.mode = .full
    var scene = try MailboxScene(all)
    _ = scene.beginRounds()
    _ = scene.answer(#"{"value":[{"id":"p","isDefaultCalendar":true},{"id":"c"},{"id":"d"}]}"#)
    _ = scene.answer(#"{"value":[]}"#)
    #expect(url(scene.refuse(status, code))?.contains("/calendars/d/") == true)
    #expect(scene.answer(#"{"value":[]}"#) == .finish)
    #expect(scene.reader.fault == nil)
    #expect(scene.kinds == ["user", "round", "error", "round"])
  }

  @Test func `a calendar that is gone since it was listed is passed over`() throws {
    var all = rules
    all.calendars = .all
    var scene = try MailboxScene(all)
    _ = scene.beginRounds()
    _ = scene.answer(#"{"value":[{"id":"p","isDefaultCalendar":true},{"id":"c"}]}"#)
    #expect(url(scene.answer(MailboxScene.last))?.contains("/calendars/c/") == true)
    #expect(scene.refuse(404, "ErrorItemNotFound") == .finish)
    #expect(scene.reader.fault == nil)
    #expect(scene.kinds == ["user", "event", "round"])
  }

  @Test func `a master that is answered with something else is asked for again`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let page = MailboxScene.last.replacing(
      MailboxScene.meeting, with: #"{"id":"o","type":"occurrence","seriesMasterId":"M"}"#)
    #expect(url(scene.answer(page)) == "https://graph.test/v1.0/users/u/events/M")
    guard case .wait = scene.answer("{}") else {
      Issue.record("no wait")
      return
    }
    #expect(url(scene.next(.resumed)) == "https://graph.test/v1.0/users/u/events/M")
    #expect(scene.answer(#"{"id":"M","type":"seriesMaster","subject":"s"}"#) == .finish)
    #expect(scene.kinds == ["user", "series", "event", "round"])
  }

  @Test(arguments: [(403, "ErrorAccessDenied"), (400, "ErrorInvalidIdMalformed")])
  func `the plain view does without a master that is refused, changes don't`(
    status: Int, code: String
  ) throws {
    for (mode, kinds) in [
      (ReadingRules.Mode.full, ["user", "event", "round"]), (.auto, ["user", "series", "error"]),
    ] {
      var rules = rules
      rules.mode = mode
      var scene = try MailboxScene(rules)
      _ = scene.beginRounds()
      let page = MailboxScene.last.replacing(
        MailboxScene.meeting, with: #"{"id":"o","type":"occurrence","seriesMasterId":"M"}"#)
      #expect(url(scene.answer(page)) == "https://graph.test/v1.0/users/u/events/M")
      #expect(scene.refuse(status, code) == .finish)
      #expect(scene.kinds == kinds)
    }
  }

  @Test func `an error is none of the settings, whatever the status says`() throws {
    let error = #"{"error":{"code":"ErrorInternalServerError","message":"x"}}"#
    var scene = try MailboxScene(rules)
    _ = scene.next(.start)
    guard case .wait = scene.answer(error) else {
      Issue.record("no wait")
      return
    }
    _ = scene.next(.resumed)
    _ = scene.answer(#"{"timeZone":"UTC"}"#)
    #expect(scene.text.contains(#""timeZone":"UTC""#))
  }

  @Test func `categories that page for ever end`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.next(.start)
    _ = scene.answer("{}")
    let page =
      #"{"value":[{"displayName":"c"}],"@odata.nextLink":"https://graph.test/v1.0/again"}"#
    var action = scene.answer(page)
    for _ in 1...3 where url(action) != MailboxScene.delta { action = scene.answer(page) }
    #expect(url(action) == MailboxScene.delta)
  }

  @Test func `categories that make no sense cost a few tries, not the mailbox`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.next(.start)
    _ = scene.answer(#"{"timeZone":"UTC"}"#)
    let junk = #"{"value":[{"displayName":"c"},"x"]}"#
    for _ in 1...2 {
      guard case .wait = scene.answer(junk) else { return #expect(Bool(false), "no wait") }
      _ = scene.next(.resumed)
    }
    #expect(url(scene.answer(junk)) == MailboxScene.delta)
    #expect(scene.answer(MailboxScene.last) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
    #expect(scene.reader.notes.contains { $0.contains("master categories") })
  }

  @Test func `a body that makes a line too long for its readers is left out`() throws {
    var rules = rules
    rules.events.body = .html
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let body = String(repeating: "x", count: 17 << 20)
    let page =
      #"{"value":[{"id":"a","body":{"content":"\#(body)"},"subject":"s","start":{},"end":{}}],"#
    #expect(
      scene.answer(page + #""@odata.deltaLink":"https://graph.test/v1.0/d?x=1"}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
    #expect(scene.text.contains(#""id":"a","body":null,"subject":"s""#))
    #expect(scene.reader.notes.contains { $0.contains("the body of event a is left out") })
  }

  @Test func `an event that is too long even without its body is an error that names it`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.beginRounds()
    let text = String(repeating: "x", count: 17 << 20)
    let page = #"{"value":[{"id":"a","subject":"\#(text)","start":{},"end":{}}],"#
    #expect(
      scene.answer(page + #""@odata.deltaLink":"https://graph.test/v1.0/d?x=1"}"#) == .finish)
    #expect(scene.reader.fault?.class == .data)
    #expect(scene.reader.fault?.message.contains("event a ") == true)
  }

  @Test func `what comes next is known ahead: missing masters, then other windows`() throws {
    var rules = rules
    rules.slices = [2026, 2027, 2028].map {
      Window(
        start: UTCTime(year: $0, month: 1, day: 1), end: UTCTime(year: $0 + 1, month: 1, day: 1))
    }
    var scene = try MailboxScene(rules)
    #expect(scene.reader.upcoming(3) == [])
    _ = scene.beginRounds()
    #expect(
      scene.reader.upcoming(3).map { $0.url.suffix(20) } == [
        "2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z",
      ])
    let occurrences = ["M", "N"].map {
      #"{"id":"o\#($0)","type":"occurrence","seriesMasterId":"\#($0)"}"#
    }
    _ = scene.answer(
      #"{"value":[\#(occurrences.joined(separator: ","))],"@odata.deltaLink":"https://graph.test/v1.0/d"}"#
    )
    let upcoming = scene.reader.upcoming(2)
    #expect(upcoming.map(\.url.last) == ["N", "Z"])
    // The very same requests are made when their turn has come.
    guard case .send(let second) = scene.answer(#"{"id":"M","type":"seriesMaster"}"#) else {
      return #expect(Bool(false))
    }
    #expect(second == upcoming[0])
    guard case .send(let third) = scene.answer(#"{"id":"N","type":"seriesMaster"}"#) else {
      return #expect(Bool(false))
    }
    #expect(third == upcoming[1])
  }

  @Test func `without the right to settings the events are read all the same`() throws {
    var scene = try MailboxScene(rules)
    _ = scene.next(.start)
    _ = scene.refuse(403, "ErrorAccessDenied")
    #expect(url(scene.refuse(403, "ErrorAccessDenied")) == MailboxScene.delta)
    #expect(scene.reader.notes.count == 2)
  }
}
