import Console
import NDJSON
import Records

/// Counts the lines that could not be used, and keeps each as a `reject` record.
struct BadLines {
  /// So many are told of one by one.
  private static let tellingLimit = 100

  let log: Log
  private var count = 0
  private var cutLine: Int?

  init(_ log: Log) { self.log = log }

  mutating func reject(
    _ line: RawSpan, _ number: Int, _ reason: String, into output: inout OutputBuffer
  ) {
    RejectRecord.write(tool: log.tool, line: number, reason: reason, input: line, to: &output)
    tell(number, reason)
  }

  mutating func rejectOverlong(_ number: Int, into output: inout OutputBuffer) {
    RejectRecord.writeOverlong(tool: log.tool, line: number, to: &output)
    tell(number, RejectRecord.overlongReason)
  }

  /// Notes that the input ended within this line.
  mutating func noteCut(_ number: Int) { cutLine = number }

  private mutating func tell(_ number: Int, _ reason: String) {
    count += 1
    if count <= Self.tellingLimit { log.error("line \(number): \(reason)") }
    if count == Self.tellingLimit { log.warning("further bad lines are counted only") }
  }

  /// Fails when the input was cut off (75) or lines could not be used (65).
  func conclude() throws {
    if let cutLine {
      throw Failure(
        .temporary, "line \(cutLine): the input was cut off in this line",
        hint: "find out why the program before it stopped, and run again")
    }
    guard count > 0 else { return }
    throw Failure(
      .badData, count == 1 ? "1 line could not be used" : "\(count) lines could not be used",
      hint: "the output has each as a reject record; jq -r .input gives it back")
  }
}
