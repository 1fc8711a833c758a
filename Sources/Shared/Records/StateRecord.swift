package import NDJSON

/// What resuming one slice of one calendar needs: from `tt-load state`, into tt-fetch.
package struct StateRecord: Equatable, Sendable {
  package var key: CalendarKey
  package var mail: String?
  package var mode: RoundRecord.Mode
  package var window: RoundRecord.Window
  package var deltaLink: String?
  /// When the slice was last read whole; RFC 3339, UTC.
  package var lastFullAt: String?
  /// `lastFullAt` is null, and not just left out: of the slice there are changes alone.
  package var isUnfounded = false
  package var finishedAt: String?

  package init(
    key: CalendarKey, mail: String?, mode: RoundRecord.Mode, window: RoundRecord.Window,
    deltaLink: String?, lastFullAt: String? = nil, finishedAt: String? = nil
  ) {
    self.key = key
    self.mail = mail
    self.mode = mode
    self.window = window
    self.deltaLink = deltaLink
    self.lastFullAt = lastFullAt
    self.finishedAt = finishedAt
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    key = try CalendarKey(line, scanner)
    mail = try scanner.text("mail", line)
    mode = try scanner.text("mode", line).flatMap { RoundRecord.Mode(rawValue: $0) } ?? .full
    window = try RoundRecord.Window(line, scanner)
    deltaLink = try scanner.text("deltaLink", line)
    lastFullAt = try scanner.text("lastFullAt", line)
    isUnfounded = lastFullAt == nil && scanner.value("lastFullAt") != nil
    finishedAt = try scanner.text("finishedAt", line)
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .state) {
      $0.append(member: "user", key.user)
      $0.append(member: "mail", mail)
      $0.append(member: "calendar", key.calendar)
      $0.append(member: "mode", mode.rawValue)
      window.write(to: &$0)
      $0.append(member: "deltaLink", deltaLink)
      $0.append(member: "lastFullAt", lastFullAt)
      $0.append(member: "finishedAt", finishedAt)
    }
  }
}
