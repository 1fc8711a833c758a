package import NDJSON

/// The first line of tt-fetch: which protocol, which run.
package struct StreamRecord: Equatable, Sendable {
  /// The version of the stream that these programs speak.
  package static let currentVersion = 1

  package var version = Self.currentVersion
  package var tool: String
  /// A UUID.
  package var run: String
  /// RFC 3339, UTC.
  package var at: String

  package init(tool: String, run: String, at: String) {
    self.tool = tool
    self.run = run
    self.at = at
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    guard let version = try scanner.integer("version", line) else {
      throw RecordFault("\"version\" is missing")
    }
    self.version = version
    tool = try scanner.text("tool", line) ?? ""
    run = try scanner.text("run", line) ?? ""
    at = try scanner.text("at", line) ?? ""
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .stream) {
      $0.append(member: "version", version)
      $0.append(member: "tool", tool)
      $0.append(member: "run", run)
      $0.append(member: "at", at)
    }
  }
}
