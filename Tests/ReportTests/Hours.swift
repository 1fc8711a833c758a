import ArgumentParser
import Console
import NDJSON

@testable import tt_report

/// The JSON report over some lines, as `tt-report - --format json` prints it.
func hours(_ lines: [String], _ args: [String]) throws -> String {
  let command = try parsed(args)
  let world = World(environment: Environment(["TZ": "UTC"]), log: Log(tool: "tt-report"))
  let almanac = try Almanac(world.environment)
  let period = try command.period.period(today: 0)
  let engine = HoursEngine(plan: try command.rules.plan(period), tables: [command.layout.keys])
  var stream = RecordStream(
    try command.source.hoursStream(
      engine, period, almanac, needsOrganizer: command.layout.keys.contains(.organizer)))
  var buffer = OutputBuffer()
  for (index, line) in lines.enumerated() {
    try unsafe stream.take(line.utf8Span.span.bytes, number: index + 1, into: &buffer)
  }
  let form = ReportForm(
    report: stream.finish().report(), period: period, unit: .clock,
    pivot: command.layout.pivot)
  var output = StandardOutput()
  try form.writeJSON(to: &output)
  return output.buffer.withBytes { bytes in
    unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

private func parsed(_ args: [String]) throws -> TimeCommand {
  var command = try TimeCommand.parse(["-"] + args)
  try command.validate()
  return command
}
