internal import CivilTime
internal import NDJSON
internal import Records

/// The members of an event that hours depend on, each looked for where it stood in the line before.
struct EventMembers: Sendable {
  var user: RememberedName = "user"
  var mail: RememberedName = "mail"
  var id: RememberedName = "id"
  var start: RememberedName = "startUtc"
  var end: RememberedName = "endUtc"
  var localStart: RememberedName = "startLocal"
  var localEnd: RememberedName = "endLocal"
  var zone: RememberedName = "zone"
  var isAllDay: RememberedName = "isAllDay"
  var isCancelled: RememberedName = "isCancelled"
  var type: RememberedName = "type"
  var showAs: RememberedName = "showAs"
  var responseStatus: RememberedName = "responseStatus"
  var response: RememberedName = "response"
  var categories: RememberedName = "categories"
  var organizer: RememberedName = "organizer"
  var emailAddress: RememberedName = "emailAddress"
  var address: RememberedName = "address"
  var subject: RememberedName = "subject"
  var calendar: RememberedName = "calendar"
  var attendees: RememberedName = "attendees"
}

extension ObjectScanner {
  /// An instant in whole seconds, rounded down.
  @inline(__always)
  func instant(_ name: inout RememberedName, _ line: RawSpan) throws(RecordFault) -> Int {
    guard let value = value(&name), !value.isNull else {
      throw RecordFault("the event has no \"\(name.name.text)\"")
    }
    guard value.kind == .string, let instant = Instant(line.extracting(value.contents)) else {
      throw RecordFault("\"\(name.name.text)\" is not a date-time: \"\(value.text(line))\"")
    }
    return instant.seconds
  }

  /// The date in front of a local time, as a day number.
  func day(_ name: inout RememberedName, _ line: RawSpan) throws(RecordFault) -> Int {
    guard let value = value(&name), value.kind == .string,
      let date = CivilDate(line.extracting(value.contents.prefix(10)))
    else { throw RecordFault("the event has no date in \"\(name.name.text)\"") }
    return date.dayNumber
  }

  /// What a local time's clock shows, in seconds, without its offset.
  func localTime(_ name: inout RememberedName, _ line: RawSpan) throws(RecordFault) -> Int {
    guard let value = value(&name), value.kind == .string else {
      throw RecordFault("the event has neither \"zone\" nor \"\(name.name.text)\"")
    }
    guard let wall = WallTime(String(value.text(line).prefix(19))) else {
      throw RecordFault("\"\(name.name.text)\" is not a local time: \"\(value.text(line))\"")
    }
    return wall.seconds
  }

  /// The zone of an event that has none by name.
  func customZone(_ members: inout EventMembers, _ line: RawSpan) throws(RecordFault) -> CustomZone
  {
    try CustomZone(
      start: try instant(&members.start, line),
      localStart: try localTime(&members.localStart, line),
      end: try instant(&members.end, line), localEnd: try localTime(&members.localEnd, line))
  }
}
