import ArgumentParser
import Console
import NDJSON

@testable import tt_report

/// Zone files are read once for all cases.
private let almanac = Result { try Almanac(Environment(["TZ": "UTC"])) }

/// Makes JSON reports as `tt-report - --format json` prints them with some options.
struct ReportMaker {
  let args: [String]
  private let command: TimeCommand

  init(_ args: [String]) throws {
    self.args = args
    var command = try TimeCommand.parse(["-"] + args)
    try command.validate()
    self.command = command
  }

  func json(_ lines: [String], _ rules: RuleBook) throws -> String {
    let almanac = try almanac.get()
    let period = try command.period.period(today: 0)
    let engine = HoursEngine(plan: try command.rules.plan(period), tables: [command.layout.keys])
    var stream = RecordStream(
      command.source.hoursStream(
        engine, almanac, needsOrganizer: command.layout.keys.contains(.organizer),
        rules: rules.rules.isEmpty ? nil : rules))
    var buffer = OutputBuffer()
    for (index, line) in lines.enumerated() {
      try unsafe stream.take(line.utf8Span.span.bytes, number: index + 1, into: &buffer)
    }
    let form = ReportForm(
      report: stream.finish().finish().outcome, period: period, unit: .clock,
      pivot: command.layout.pivot)
    var output = StandardOutput()
    try form.writeJSON(to: &output)
    return output.buffer.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }
}
