import NDJSON
import Records
import Schema

/// The members that an event's row is made of, each looked for where it stood in the line before.
struct EventMembers {
  var id: RememberedName = "id"
  var user: RememberedName = "user"
  var calendar: RememberedName = "calendar"
  var mail: RememberedName = "mail"
  var subject: RememberedName = "subject"
  var body = InnerMember("body", "content")
  var bodyPreview: RememberedName = "bodyPreview"
  var startUtc: RememberedName = "startUtc"
  var endUtc: RememberedName = "endUtc"
  var startLocal: RememberedName = "startLocal"
  var endLocal: RememberedName = "endLocal"
  var zone: RememberedName = "zone"
  var minutes: RememberedName = "minutes"
  var isAllDay: RememberedName = "isAllDay"
  var showAs: RememberedName = "showAs"
  var sensitivity: RememberedName = "sensitivity"
  var response = InnerMember("responseStatus", "response")
  var isCancelled: RememberedName = "isCancelled"
  var type: RememberedName = "type"
  var seriesMasterID: RememberedName = "seriesMasterId"
  var iCalUID: RememberedName = "iCalUId"
  var organizer = InnerMember("organizer", "emailAddress")
  var organizerAddress = InnerMember("emailAddress", "address")
  var location = InnerMember("location", "displayName")
  var webLink: RememberedName = "webLink"
  var changeKey: RememberedName = "changeKey"
  var lastModified: RememberedName = "lastModifiedDateTime"
  var categories: RememberedName = "categories"
}

/// A member of an object that is a member itself; each has a scanner of its own, which knows the object's names.
struct InnerMember {
  private var outer: RememberedName
  private var inner: RememberedName
  private var scanner = ObjectScanner()

  init(_ outer: RememberedName, _ inner: RememberedName) {
    self.outer = outer
    self.inner = inner
  }

  mutating func value(
    _ line: RawSpan, _ record: borrowing ObjectScanner
  ) throws(RecordFault) -> Value? {
    guard let object = try record.object(&outer) else { return nil }
    return try value(line, of: object)
  }

  mutating func value(_ line: RawSpan, of object: Value) throws(RecordFault) -> Value? {
    do throws(JSONFault) { try scanner.scan(line, object) } catch { throw RecordFault("\(error)") }
    return scanner.value(&inner)
  }
}

extension EventColumn {
  /// Where the column's value stands in the record, as messages call it.
  var member: String {
    switch self {
    case .eventID: "id"
    case .userID: "user"
    case .userEmail, .userName: "mail"
    case .calendarID: "calendar"
    case .subject: "subject"
    case .description: "body"
    case .startDate: "startUtc"
    case .endDate: "endUtc"
    case .startLocal: "startLocal"
    case .endLocal: "endLocal"
    case .timeZone: "zone"
    case .minutes: "minutes"
    case .isAllDay: "isAllDay"
    case .showAs: "showAs"
    case .sensitivity: "sensitivity"
    case .response: "responseStatus.response"
    case .isCancelled: "isCancelled"
    case .eventType: "type"
    case .seriesMasterID: "seriesMasterId"
    case .icalUID: "iCalUId"
    case .organizer: "organizer.emailAddress.address"
    case .location: "location.displayName"
    case .webLink: "webLink"
    case .changeKey: "changeKey"
    case .lastModified: "lastModifiedDateTime"
    }
  }
}
