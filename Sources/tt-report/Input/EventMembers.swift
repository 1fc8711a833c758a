internal import CivilTime
internal import NDJSON
internal import Records

/// The members of an event that hours depend on, found in a scanned line.
struct EventMembers: Sendable {
  let user: MemberName = "user"
  let mail: MemberName = "mail"
  let id: MemberName = "id"
  let start: MemberName = "startUtc"
  let end: MemberName = "endUtc"
  let localStart: MemberName = "startLocal"
  let localEnd: MemberName = "endLocal"
  let zone: MemberName = "zone"
  let isAllDay: MemberName = "isAllDay"
  let isCancelled: MemberName = "isCancelled"
  let type: MemberName = "type"
  let showAs: MemberName = "showAs"
  let responseStatus: MemberName = "responseStatus"
  let response: MemberName = "response"
  let categories: MemberName = "categories"
  let organizer: MemberName = "organizer"
  let emailAddress: MemberName = "emailAddress"
  let address: MemberName = "address"
  let subject: MemberName = "subject"
  let calendar: MemberName = "calendar"
  let attendees: MemberName = "attendees"

  /// An instant in whole seconds, rounded down.
  @inline(__always)
  func instant(
    _ name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Int {
    guard let value = scanner.value(name), !value.isNull else {
      throw RecordFault("the event has no \"\(name.text)\"")
    }
    guard value.kind == .string, let instant = Instant(line.extracting(value.contents)) else {
      throw RecordFault("\"\(name.text)\" is not a date-time: \"\(value.text(line))\"")
    }
    return instant.seconds
  }

  /// The date in front of a local time, as a day number.
  func day(
    _ name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Int {
    guard let value = scanner.value(name), value.kind == .string,
      let date = CivilDate(String(value.text(line).prefix(10)))
    else { throw RecordFault("the event has no date in \"\(name.text)\"") }
    return date.dayNumber
  }

  /// How far a local time is ahead of UTC.
  func offset(
    _ name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner, instant: Int
  ) throws(RecordFault) -> Int {
    guard let value = scanner.value(name), value.kind == .string else {
      throw RecordFault("the event has neither \"zone\" nor \"\(name.text)\"")
    }
    guard let wall = WallTime(String(value.text(line).prefix(19))) else {
      throw RecordFault("\"\(name.text)\" is not a local time: \"\(value.text(line))\"")
    }
    return wall.seconds - instant
  }
}
