import Console
import HTTP
import NDJSON
import Records
import Testing

@testable import tt_fetch

@Suite struct RoundWriterTests {
  private static let key = CalendarKey(user: "u", calendar: "primary")
  private static let head = #"{"record":"event","user":"u","mail":"m","calendar":"primary","#

  private struct Outcome {
    var lines: [String]
    var results: [RoundWriter.Result]
    var counts: RoundRecord.Counts
    var isTorn: Bool
  }

  /// Writes pages whose elements are given, then the masters that were missing.
  private func write(
    _ pages: [String], masters: [String: String?] = [:], isDelta: Bool = true,
    _ rules: EventRules = EventRules()
  ) throws -> Outcome {
    var bench = Workbench(output: StandardOutput(), now: UTCTime(unixSeconds: 0))
    var writer = RoundWriter(Self.key, mail: "m", isDelta: isDelta, rules)
    var results: [RoundWriter.Result] = []
    for page in pages {
      let body = Array(#"{"value":[\#(page)],"@odata.nextLink":"https://x/next"}"#.utf8)
      let result = try writer.take(body.span.bytes, &bench)
      results.append(result)
      for id in result.missing {
        let bytes = (masters[id] ?? nil).map { Array($0.utf8) }
        if let bytes {
          try writer.take(missing: bytes.span.bytes, id: id, &bench)
        } else {
          try writer.take(missing: nil, id: id, &bench)
        }
      }
    }
    writer.finish(&bench)
    let text = bench.output.buffer.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
    return Outcome(
      lines: text.split(separator: "\n").map(String.init), results: results, counts: writer.counts,
      isTorn: writer.isTorn)
  }

  @Test func `an event's bytes pass as they came`() throws {
    let event =
      #"{"id":"a","subject":"\u00e9 é \/","weight":1.0,"@odata.etag":"W/\"x\"","n":{"a": [1]}}"#
    let outcome = try write([event], isDelta: false)
    #expect(outcome.lines == [Self.head + event.dropFirst()])
    #expect(outcome.counts == .init(event: 1))
  }

  @Test func `line ends between members don't break the line`() throws {
    let outcome = try write(["{\r\n  \"id\": \"a\",\n  \"subject\": \"a  b\"\n}"], isDelta: false)
    #expect(outcome.lines == [Self.head + #""id":"a","subject":"a  b"}"#])
  }

  @Test func `members with the record's own names don't stand twice`() throws {
    let outcome = try write(
      [#"{"calendar":1,"id":"a","user":2,"record":3,"mail":4}"#], isDelta: false)
    #expect(outcome.lines == [Self.head + #""id":"a"}"#])
  }

  private static let master =
    #"{"id":"M","type":"seriesMaster","@odata.etag":"W","subject":"S","start":{"old":1},"recurrence":{"p":1},"categories":["c"],"webLink":"L","sensitivity":"normal"}"#
  private static let occurrence =
    #"{"id":"O","seriesMasterId":"M","type":"occurrence","start":{"n":1},"end":{"n":2}}"#
  private static let completed =
    head
    + #""id":"O","seriesMasterId":"M","type":"occurrence","start":{"n":1},"end":{"n":2},"subject":"S","categories":["c"],"webLink":"L","sensitivity":"normal"}"#
  private static let series = #"{"record":"series","user":"u","calendar":"primary","id":"M"}"#

  @Test(arguments: [[master, occurrence], [occurrence, master]])
  func `an occurrence is completed from its master, whichever comes first`(
    elements: [String]
  ) throws {
    let outcome = try write([elements.joined(separator: ",")])
    #expect(outcome.lines == [Self.series, Self.completed])
    #expect(outcome.counts == .init(event: 1, series: 1))
    #expect(outcome.results.map(\.missing) == [[]])
  }

  @Test func `a master on an earlier page is remembered`() throws {
    #expect(try write([Self.master, Self.occurrence]).lines == [Self.series, Self.completed])
  }

  @Test func `a master that nobody sent is fetched once`() throws {
    let other = Self.occurrence.replacing("\"O\"", with: "\"P\"")
    let outcome = try write(["\(Self.occurrence),\(other)"], masters: ["M": Self.master])
    #expect(outcome.results.map(\.missing) == [["M"]])
    #expect(
      outcome.lines
        == [Self.series, Self.completed, Self.completed.replacing("\"O\"", with: "\"P\"")])
  }

  @Test func `a series whose master is gone is removed`() throws {
    let outcome = try write([Self.occurrence], masters: ["M": nil])
    #expect(outcome.lines == [Self.series, Self.removedMaster])
  }

  private static let removedMaster =
    #"{"record":"removed","user":"u","calendar":"primary","id":"M","reason":"deleted"}"#

  @Test func `occurrences wait to the end for a master that nobody can fetch`() throws {
    let moved = Self.occurrence.replacing(#"{"n":1}"#, with: #"{"n":0}"#)
    let outcome = try write([moved, Self.occurrence, Self.master], masters: ["M": nil])
    #expect(outcome.results.map(\.missing) == [["M"], [], []])
    #expect(outcome.lines.first == Self.series)
    #expect(outcome.lines.last == Self.completed)
    let gone = try write([Self.occurrence, Self.occurrence, ""], masters: ["M": nil])
    #expect(gone.results.map(\.missing) == [["M"], [], []])
    #expect(gone.lines == [Self.series, Self.removedMaster])
  }

  @Test func `what is removed meanwhile doesn't come back with its master`() throws {
    let removed = #"{"id":"O","@removed":{"reason":"changed"}}"#
    let outcome = try write([Self.occurrence, removed, Self.master], masters: ["M": nil])
    #expect(outcome.lines.count == 2)
    #expect(outcome.counts == .init(series: 1, removed: 1))
  }

  @Test func `a master that was gone and removed is asked for when it is needed again`() throws {
    let removed = #"{"id":"M","@removed":{"reason":"deleted"}}"#
    let outcome = try write(
      [Self.occurrence, removed, Self.occurrence], masters: ["M": nil])
    #expect(outcome.results.map(\.missing) == [["M"], [], ["M"]])
    #expect(outcome.lines == [Self.series, Self.removedMaster, Self.removedMaster])
  }

  @Test func `an event that came in part and can't be fetched may still come whole`() throws {
    let outcome = try write([#"{"id":"a","subject":"old"}"#, Self.whole], masters: ["a": nil])
    #expect(outcome.lines == [Self.head + Self.whole.dropFirst()])
  }

  @Test(arguments: [
    (#""subject":"S""#, #""subject":"S""#, false), (#""subject":"S""#, #""subject":"T""#, true),
    (#""start":{"old":1}"#, #""start":{"old":2}"#, false),
    (#""@odata.etag":"W""#, #""c@odata.x":"W""#, false), (#","webLink":"L""#, "", false),
  ])
  func `a series that is told in two ways is noticed`(
    old: String, new: String, isTorn: Bool
  ) throws {
    let again = Self.master.replacing(old, with: new)
    #expect(again != Self.master || old == new)
    #expect(try write(["\(Self.master),\(Self.occurrence)", again]).isTorn == isTorn)
    let removed = #"{"id":"M","@removed":{"reason":"deleted"}}"#
    #expect(try write(["\(Self.master),\(removed)", again]).isTorn == false)
  }

  @Test func `an exception keeps what is its own`() throws {
    let exception =
      #"{"id":"E","seriesMasterId":"M","type":"exception","subject":"own","webLink":"own"}"#
    let outcome = try write(["\(Self.master),\(exception)"])
    #expect(
      outcome.lines.last
        == Self.head
        + #""id":"E","seriesMasterId":"M","type":"exception","subject":"own","webLink":"own","categories":["c"],"sensitivity":"normal"}"#
    )
  }

  private static let thinException =
    #"{"id":"E","seriesMasterId":"M","type":"exception","subject":"own","start":{"n":1},"end":{"n":2}}"#
  private static let completedException =
    head + thinException.dropFirst().dropLast()
    + #","categories":["c"],"webLink":"L","sensitivity":"normal"}"#

  @Test(arguments: [[master, thinException], [thinException, master], [thinException]])
  func `an exception that comes in part takes the rest from its master`(
    elements: [String]
  ) throws {
    let outcome = try write([elements.joined(separator: ",")], masters: ["M": Self.master])
    #expect(outcome.lines == [Self.series, Self.completedException])
  }

  private static let whole =
    #"{"id":"a","subject":"new","start":{"n":1},"end":{"n":2},"categories":["c"]}"#

  @Test(arguments: [#"{"id":"a","subject":"new"}"#, #"{"id":"a","start":{"n":1},"end":{"n":2}}"#])
  func `an event that comes in part is fetched whole`(event: String) throws {
    let outcome = try write(
      [event + "," + Self.whole.replacing("\"a\"", with: "\"b\"")], masters: ["a": Self.whole])
    #expect(outcome.results.map(\.missing) == [["a"]])
    let lines = ["b", "a"].map {
      Self.head + Self.whole.replacing("\"a\"", with: "\"\($0)\"").dropFirst()
    }
    #expect(outcome.lines == lines)
    #expect(outcome.counts == .init(event: 2))
  }

  @Test func `an event that comes in part and is gone since is removed`() throws {
    #expect(
      try write([#"{"id":"a","subject":"new"}"#], masters: ["a": nil]).lines
        == [#"{"record":"removed","user":"u","calendar":"primary","id":"a","reason":"deleted"}"#])
  }

  @Test func `a master is never a meeting`() throws {
    #expect(try write([Self.master]).lines == [Self.series])
  }

  @Test func `a removal overtakes an occurrence that still waits`() throws {
    let removed = #"{"id":"O","@removed":{"reason":"changed"}}"#
    let outcome = try write(["\(Self.occurrence),\(removed)"])
    #expect(
      outcome.lines == [
        Self.series,
        #"{"record":"removed","user":"u","calendar":"primary","id":"O","reason":"changed"}"#,
      ])
    #expect(outcome.results.first?.missing == [])
  }

  @Test(arguments: ["private", "personal", "confidential", "Private"])
  func `private events are masked, their times and flags stay`(sensitivity: String) throws {
    let event =
      #"{"id":"a","subject":"s","body":{"content":"b"},"bodyPreview":"p","start":{"t":1},"attendees":[1],"organizer":{},"location":{},"locations":[],"categories":["c"],"sensitivity":"\#(sensitivity)"}"#
    let outcome = try write([event], isDelta: false, EventRules(body: .text, privacy: .mask))
    #expect(
      outcome.lines
        == [
          Self.head
            + #""id":"a","subject":null,"body":null,"bodyPreview":null,"start":{"t":1},"attendees":null,"organizer":null,"location":null,"locations":null,"categories":["c"],"sensitivity":"\#(sensitivity)"}"#
        ])
  }

  @Test func `an occurrence of a private series is masked too`() throws {
    let master = Self.master.replacing("normal", with: "private")
    let outcome = try write(["\(master),\(Self.occurrence)"])
    #expect(outcome.lines.last?.contains(#""subject":null"#) == true)
    #expect(outcome.lines.last?.contains(#""categories":["c"]"#) == true)
  }

  @Test func `a private event that is dropped is removed where it may be stored`() throws {
    let event = #"{"id":"a","subject":"s","start":{},"end":{},"sensitivity":"private"}"#
    let rules = EventRules(privacy: .drop)
    #expect(try write([event], isDelta: false, rules).lines == [])
    #expect(
      try write([event], rules).lines
        == [#"{"record":"removed","user":"u","calendar":"primary","id":"a","reason":"changed"}"#])
    #expect(try write([event], EventRules(privacy: .keep)).counts.event == 1)
  }

  @Test func `an occurrence of the plain view takes from its series what delta would`() throws {
    let event =
      #"{"id":"O","type":"occurrence","seriesMasterId":"M","subject":"own","webLink":"own","changeKey":"own","createdDateTime":"own"}"#
    let master =
      #"{"id":"M","type":"seriesMaster","subject":"S","webLink":"L","changeKey":"C","lastModifiedDateTime":"T"}"#
    let outcome = try write([event, event], masters: ["M": master], isDelta: false)
    let line =
      Self.head
      + #""id":"O","type":"occurrence","seriesMasterId":"M","subject":"own","webLink":"L","changeKey":"C","lastModifiedDateTime":"T"}"#
    #expect(outcome.lines == [line, line])
    #expect(outcome.results.map(\.missing) == [["M"], []])
    #expect(outcome.counts == .init(event: 2))
  }

  @Test func `an occurrence of the plain view whose series can't be had stays as it came`() throws {
    let event = #"{"id":"O","type":"occurrence","seriesMasterId":"M","webLink":"own"}"#
    #expect(
      try write([event], masters: ["M": nil], isDelta: false).lines
        == [Self.head + event.dropFirst()])
  }

  @Test func `pages that bring nothing new are noticed, empty ones are not mistaken for them`()
    throws
  {
    let page = #"{"id":"a","@odata.etag":"1"},{"id":"b","@odata.etag":"1"}"#
    #expect(
      try write([page, "", "", page, page]).results.map(\.isRepeating)
        == [false, false, false, false, true])
    let changed = page.replacing("\"1\"", with: "\"2\"")
    #expect(
      try write([page, changed, page + "," + #"{"id":"c"}"#]).results.allSatisfy {
        !$0.isRepeating
      })
  }

  @Test(arguments: [
    "", "<html>", "[]", "{}", #"{"value":{}}"#, #"{"value":[]"#,
    #"{"value":[{"id":"a"}],"@odata.deltaLink":"x","error":{"code":"Unknown"}}"#,
  ])
  func `what is no page is unreadable and writes nothing`(body: String) throws {
    var bench = Workbench(output: StandardOutput(), now: UTCTime(unixSeconds: 0))
    var writer = RoundWriter(Self.key, mail: nil, isDelta: true, EventRules())
    let bytes = Array(body.utf8)
    let fault = #expect(throws: RoundWriter.Fault.self) {
      try writer.take(bytes.span.bytes, &bench)
    }
    guard case .unreadable = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    let written = bench.output.buffer.count
    #expect(written == 0)
  }

  @Test(arguments: [
    (#","@odata.deltaLink":"x","error":{"code":"Unknown"}}"#, true), ("}", false),
  ])
  func `of a long page without a good end nothing is written`(
    end: String, isUnreadable: Bool
  ) throws {
    var bench = Workbench(output: StandardOutput(), now: UTCTime(unixSeconds: 0))
    var writer = RoundWriter(Self.key, mail: nil, isDelta: true, EventRules())
    let event = Self.whole.replacing("new", with: String(repeating: "x", count: 2 << 20))
    let bytes = Array((#"{"value":[\#(event)]"# + end).utf8)
    let fault = #expect(throws: RoundWriter.Fault.self) {
      try writer.take(bytes.span.bytes, &bench)
    }
    #expect((fault == .noEnd) == !isUnreadable)
    #expect(!writer.hasWritten)
  }
}
