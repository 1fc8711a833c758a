package import NDJSON

/// A mailbox, or one of its calendars, that could not be read.
///
/// The run goes on with the others.
package struct ErrorRecord: Equatable, Sendable {
  package enum Class: String, Sendable, CaseIterable {
    case config, auth, denied, throttled, transient, data
    case noMailbox = "no-mailbox"
  }

  package var tool: String
  package var user: String?
  package var mail: String?
  /// The calendar whose records since its last round are void; none means all calendars of the person.
  package var calendar: String?
  package var code: String
  package var message: String
  package var `class`: Class
  package var httpStatus: Int?
  package var requestId: String?

  package init(
    tool: String, user: String?, mail: String?, calendar: String? = nil, code: String,
    message: String, class: Class, httpStatus: Int? = nil, requestId: String? = nil
  ) {
    self.tool = tool
    self.user = user
    self.mail = mail
    self.calendar = calendar
    self.code = code
    self.message = message
    self.class = `class`
    self.httpStatus = httpStatus
    self.requestId = requestId
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    tool = try scanner.text("tool", line) ?? ""
    user = try scanner.text("user", line)
    mail = try scanner.text("mail", line)
    calendar = try scanner.text("calendar", line)
    code = try scanner.text("code", line) ?? ""
    message = try scanner.text("message", line) ?? ""
    `class` = try scanner.text("class", line).flatMap(Class.init(rawValue:)) ?? .data
    httpStatus = try scanner.integer("httpStatus", line)
    requestId = try scanner.text("requestId", line)
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .error) {
      $0.append(member: "tool", tool)
      $0.append(member: "user", user)
      $0.append(member: "mail", mail)
      if let calendar { $0.append(member: "calendar", calendar) }
      $0.append(member: "code", code)
      $0.append(member: "message", message)
      $0.append(member: "class", `class`.rawValue)
      $0.append(member: "httpStatus")
      if let httpStatus { $0.append(integer: httpStatus) } else { $0.append("null") }
      $0.append(member: "requestId", requestId)
    }
  }
}
