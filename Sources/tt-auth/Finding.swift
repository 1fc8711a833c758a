import Console
import NDJSON
import Records

/// What one check of the doctor found.
struct Finding: Equatable, Sendable {
  enum Verdict: String, Sendable { case ok, warn, fail }

  let check: String
  let verdict: Verdict
  let message: String
  /// What to do; none where all is well.
  let remedy: String?
  /// What the program ends with when this is the first failure.
  let status: ExitStatus

  static func ok(_ check: String, _ message: String) -> Finding {
    Finding(check: check, verdict: .ok, message: message, remedy: nil, status: .done)
  }

  static func warn(_ check: String, _ message: String, _ remedy: String) -> Finding {
    Finding(check: check, verdict: .warn, message: message, remedy: remedy, status: .done)
  }

  static func fail(
    _ check: String, _ message: String, _ remedy: String?, _ status: ExitStatus
  ) -> Finding {
    Finding(check: check, verdict: .fail, message: message, remedy: remedy, status: status)
  }

  static func fail(_ check: String, _ error: any Error) -> Finding {
    guard let failure = error as? Failure else {
      return .fail(check, "\(error)", nil, .software)
    }
    return .fail(check, failure.message, failure.hint, failure.status)
  }
}

extension [Finding] {
  func writeText(to output: inout OutputBuffer) {
    let width = map(\.check.count).max() ?? 0
    for finding in self {
      let verdict = finding.verdict.rawValue.padded(5)
      output.append(text: "\(verdict) \(finding.check.padded(width))  ")
      output.append(text: printable(finding.message) + "\n")
      guard let remedy = finding.remedy else { continue }
      output.append(text: "".padded(width + 8) + "→ \(printable(remedy))\n")
    }
  }

  /// `{"checks":[{"check":…,"verdict":…,"message":…,"remedy":…},…]}`.
  func writeJSON(to output: inout OutputBuffer) {
    output.append("{\"checks\":[")
    for (index, finding) in enumerated() {
      if index > 0 { output.append(",") }
      output.append("{\"check\":")
      output.append(jsonString: finding.check)
      output.append(member: "verdict", finding.verdict.rawValue)
      output.append(member: "message", finding.message)
      output.append(member: "remedy", finding.remedy)
      output.append("}")
    }
    output.append("]}\n")
  }
}
