internal import NDJSON

/// Words to people, on stderr: the tool's name first, one line a message, as text or JSON.
package struct Log: Sendable {
  package enum Level: Int, Sendable, CaseIterable {
    case error, warning, info, debug
  }

  package enum Format: String, Sendable, CaseIterable { case text, json }

  package let tool: String
  package let level: Level
  package let format: Format

  package init(tool: String, level: Level = .info, format: Format = .text) {
    self.tool = tool
    self.level = level
    self.format = format
  }

  package func error(_ message: String, hint: String? = nil) { say(.error, message, hint) }
  package func warning(_ message: String, hint: String? = nil) { say(.warning, message, hint) }
  package func info(_ message: String) { say(.info, message, nil) }
  package func debug(_ message: @autoclosure () -> String) {
    if level.rawValue >= Level.debug.rawValue { say(.debug, message(), nil) }
  }

  private func say(_ severity: Level, _ message: String, _ hint: String?) {
    guard severity.rawValue <= level.rawValue else { return }
    var line = OutputBuffer(capacity: 256)
    switch format {
    case .text: append(text: severity, message, hint, to: &line)
    case .json: append(json: severity, message, hint, to: &line)
    }
    // A message that can't be written has nobody to be told of it.
    try? write(line, to: 2)
  }

  private func append(
    text severity: Level, _ message: String, _ hint: String?, to line: inout OutputBuffer
  ) {
    let label = severity == .info ? "" : "\(severity): "
    line.append(text: "\(tool): \(label)\(printable(message))\n")
    if let hint { line.append(text: "\(tool): hint: \(printable(hint))\n") }
  }

  private func append(
    json severity: Level, _ message: String, _ hint: String?, to line: inout OutputBuffer
  ) {
    line.append("{\"tool\":")
    line.append(jsonString: tool)
    line.append(",\"level\":")
    line.append(jsonString: "\(severity)")
    line.append(",\"message\":")
    line.append(jsonString: message)
    if let hint {
      line.append(",\"hint\":")
      line.append(jsonString: hint)
    }
    line.append("}\n")
  }
}
