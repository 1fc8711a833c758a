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
    guard !user.isEmpty else { throw RecordFault("\"user\" is empty") }
    calendar = try scanner.text("calendar", line) ?? "primary"
  }

  package static func == (left: CalendarKey, right: CalendarKey) -> Bool {
    ExactText(left.user) == ExactText(right.user)
      && ExactText(left.calendar) == ExactText(right.calendar)
  }

  package func hash(into hasher: inout Hasher) {
    ExactText(user).hash(into: &hasher)
    ExactText(calendar).hash(into: &hasher)
  }

  func write(to output: inout OutputBuffer) {
    output.append(member: "user", user)
    output.append(member: "calendar", calendar)
  }
}
