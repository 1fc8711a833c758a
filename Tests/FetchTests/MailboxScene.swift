import Console
import HTTP
import NDJSON
import Records
import Testing

@testable import tt_fetch

/// A mailbox that is read without a server: answers go in, actions and records come out.
struct MailboxScene: ~Copyable {
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

  var text: String {
    bench.output.buffer.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  var kinds: [String] {
    text.split(separator: "\n").map { line in
      String(line.dropFirst(11).prefix { $0 != "\"" })
    }
  }
}

/// What tests of mailboxes ask and answer.
extension MailboxScene {
  static var rules: ReadingRules {
    var rules = ReadingRules()
    rules.slices = [
      Window(
        start: UTCTime(year: 2026, month: 1, day: 1), end: UTCTime(year: 2027, month: 1, day: 1))
    ]
    return rules
  }

  static let meeting = #"{"id":"a","subject":"s","start":{},"end":{}}"#
  static let event = #"{"value":[\#(meeting)],"#
  static let last = event + #""@odata.deltaLink":"https://graph.test/v1.0/d?x=1"}"#
  static let delta =
    "https://graph.test/v1.0/users/u/calendarView/delta"
    + "?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"
}

/// Where a request goes; nil for other actions.
func url(_ action: Action) -> String? {
  guard case .send(let request) = action else { return nil }
  return request.url
}
