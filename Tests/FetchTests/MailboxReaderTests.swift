import Console
import HTTP
import NDJSON
import Records
import Testing

@testable import tt_fetch

/// A mailbox is read: events go in, actions come out, no server anywhere.
@Suite struct MailboxReaderTests {
  private struct Scene: ~Copyable {
    var reader: MailboxReader
    var bench = Workbench(output: StandardOutput(), now: UTCTime(unixSeconds: 0))

    init(_ rules: ReadingRules, states: [StateRecord] = []) throws {
      var person = UserRecord(id: "u")
      person.mail = "m"
      let graph = try #require(Graph(endpoint: "https://graph.test"))
      reader = MailboxReader(person, rules, graph, states: states)
    }

    mutating func next(_ event: Event) -> Action { reader.next(event, &bench) }

    mutating func answer(_ body: String, status: Int = 200, _ headers: Headers = [:]) -> Action {
      next(.answer(Response(status: status, headers: headers, body: Array(body.utf8))))
    }

    mutating func refuse(_ status: Int, _ code: String, _ headers: Headers = [:]) -> Action {
      answer(#"{"error":{"code":"\#(code)","message":"no"}}"#, status: status, headers)
    }

    /// Answers settings and categories, so that the first round begins.
    mutating func beginRounds() -> Action {
      _ = next(.start)
      _ = answer(#"{"timeZone":"UTC"}"#)
      return answer(#"{"value":[]}"#)
    }

    var kinds: [String] {
      let text = bench.output.buffer.withBytes { bytes in
        unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
      }
      return text.split(separator: "\n").map { line in
        String(line.dropFirst(11).prefix { $0 != "\"" })
      }
    }
  }

  private var rules: ReadingRules {
    var rules = ReadingRules()
    rules.slices = [
      Window(
        start: UTCTime(year: 2026, month: 1, day: 1), end: UTCTime(year: 2027, month: 1, day: 1))
    ]
    return rules
  }

  private func url(_ action: Action) -> String? {
    guard case .send(let request) = action else { return nil }
    return request.url
  }

  private static let event = #"{"value":[{"id":"a"}],"#
  private static let last = event + #""@odata.deltaLink":"https://graph.test/v1.0/d?x=1"}"#
  private static let delta =
    "https://graph.test/v1.0/users/u/calendarView/delta"
    + "?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"

  @Test func `a mailbox is settings, categories, then a round`() throws {
    var scene = try Scene(rules)
    #expect(url(scene.next(.start)) == "https://graph.test/v1.0/users/u/mailboxSettings")
    #expect(
      url(scene.answer(#"{"timeZone":"UTC"}"#))
        == "https://graph.test/v1.0/users/u/outlook/masterCategories")
    #expect(url(scene.answer(#"{"value":[{"displayName":"c","color":"none"}]}"#)) == Self.delta)
    #expect(scene.answer(Self.last) == .finish)
    #expect(scene.kinds == ["user", "category", "event", "round"])
  }

  @Test func `the same preferences go out on every page`() throws {
    var scene = try Scene(rules)
    let first = scene.beginRounds()
    let second = scene.answer(
      Self.event + #""@odata.nextLink":"https://graph.test/v1.0/next"}"#)
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
    "https://graph.test.evil.test/", "https://graph.test@evil.test/", "/next",
  ])
  func `a link that leaves the endpoint is refused`(link: String) throws {
    var scene = try Scene(rules)
    _ = scene.beginRounds()
    #expect(scene.answer(Self.event + #""@odata.nextLink":"\#(link)"}"#) == .finish)
    #expect(scene.kinds == ["user", "event", "error"])
    #expect(scene.reader.fault?.class == .data)
  }

  @Test func `a throttled mailbox waits as long as it is told and asks the same again`() throws {
    var scene = try Scene(rules)
    let request = scene.beginRounds()
    guard case .wait(let seconds) = scene.refuse(429, "x", ["Retry-After": "7"]) else {
      Issue.record("no wait")
      return
    }
    #expect(seconds >= 7)
    #expect(scene.next(.resumed) == request)
  }

  @Test func `after a 503 a new connection is made`() throws {
    var scene = try Scene(rules)
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
    var scene = try Scene(rules)
    _ = scene.beginRounds()
    guard case .wait = scene.answer(body) else {
      Issue.record("no wait")
      return
    }
    #expect(url(scene.next(.resumed)) == Self.delta)
    #expect(scene.answer(Self.last) == .finish)
    #expect(scene.kinds == ["user", "event", "round"])
  }

  @Test func `a 401 renews the token, and a second one too, but a third is an error`() throws {
    var scene = try Scene(rules)
    let request = scene.beginRounds()
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .renewToken(claims: nil))
    #expect(scene.next(.resumed) == request)
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .renewToken(claims: nil))
    #expect(scene.next(.resumed) == request)
    #expect(scene.refuse(401, "InvalidAuthenticationToken") == .finish)
    #expect(scene.reader.fault?.class == .auth)
  }

  @Test func `a claims challenge is passed on`() throws {
    var scene = try Scene(rules)
    _ = scene.beginRounds()
    let header = #"Bearer error="insufficient_claims", claims="eyJhIjoxfQ==""#
    #expect(
      scene.refuse(401, "x", ["WWW-Authenticate": header]) == .renewToken(claims: #"{"a":1}"#))
  }

  @Test(arguments: [
    (410, "SyncStateNotFound"), (410, ""), (400, "resyncRequired"), (404, "syncStateInvalid"),
    (410, "FULLSYNCREQUIRED"),
  ])
  func `a forgotten link leads to a full round of its window only`(
    status: Int, code: String
  ) throws {
    let link = "https://graph.test/v1.0/old"
    let state = StateRecord(
      key: CalendarKey(user: "u", calendar: "primary"), mail: nil, mode: .delta,
      window: rules.slices[0].record, deltaLink: link)
    var scene = try Scene(rules, states: [state])
    #expect(url(scene.beginRounds()) == link)
    _ = scene.answer(Self.event + #""@odata.nextLink":"https://graph.test/v1.0/n"}"#)
    #expect(url(scene.refuse(status, code)) == Self.delta)
    #expect(scene.answer(Self.last) == .finish)
    #expect(scene.kinds == ["user", "event", "restart", "event", "round"])
  }

  @Test(arguments: [
    (404, "MailboxNotEnabledForRESTAPI", ErrorRecord.Class.noMailbox),
    (400, "ErrorInvalidUser", .noMailbox), (403, "ErrorAccessDenied", .denied),
    (302, "", .data), (400, "ErrorInvalidUrlQuery", .config),
  ])
  func `the cases are told apart`(status: Int, code: String, kind: ErrorRecord.Class) throws {
    var scene = try Scene(rules)
    _ = scene.beginRounds()
    #expect(scene.refuse(status, code) == .finish)
    #expect(scene.reader.fault?.class == kind)
  }

  @Test func `without the right to settings the events are read all the same`() throws {
    var scene = try Scene(rules)
    _ = scene.next(.start)
    _ = scene.refuse(403, "ErrorAccessDenied")
    #expect(url(scene.refuse(403, "ErrorAccessDenied")) == Self.delta)
    #expect(scene.reader.notes.count == 2)
  }

  @Test func `a mailbox that always fails is given up when its time is used`() throws {
    var few = rules
    few.retrySeconds = 3
    var scene = try Scene(few)
    _ = scene.beginRounds()
    var waits = 0
    while case .wait = scene.refuse(500, "x") {
      waits += 1
      _ = scene.next(.resumed)
    }
    #expect(waits == 2)
    #expect(scene.reader.fault?.class == .transient)
  }
}
