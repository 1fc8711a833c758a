package import NDJSON

/// One calendar of one person: what rounds, series and removals belong to.
package struct CalendarKey: Hashable, Sendable {
  /// The person's object id.
  package var user: String
  /// `primary`, or a calendar's id.
  package var calendar: String

  package init(user: String, calendar: String) {
    self.user = user
    self.calendar = calendar
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    user = try scanner.requiredText("user", line)
    calendar = try scanner.text("calendar", line) ?? "primary"
  }

  func write(to output: inout OutputBuffer) {
    output.append(member: "user", user)
    output.append(member: "calendar", calendar)
  }
}
