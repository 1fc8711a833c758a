import NDJSON
import Schema

/// The names of the members that an event's row is made of.
///
/// A class, since the names are many and copying them takes longer than using them.
final class EventMembers: Sendable {
  let id: MemberName = "id"
  let user: MemberName = "user"
  let calendar: MemberName = "calendar"
  let mail: MemberName = "mail"
  let subject: MemberName = "subject"
  let body: MemberName = "body"
  let content: MemberName = "content"
  let bodyPreview: MemberName = "bodyPreview"
  let startUtc: MemberName = "startUtc"
  let endUtc: MemberName = "endUtc"
  let startLocal: MemberName = "startLocal"
  let endLocal: MemberName = "endLocal"
  let zone: MemberName = "zone"
  let minutes: MemberName = "minutes"
  let isAllDay: MemberName = "isAllDay"
  let showAs: MemberName = "showAs"
  let sensitivity: MemberName = "sensitivity"
  let responseStatus: MemberName = "responseStatus"
  let response: MemberName = "response"
  let isCancelled: MemberName = "isCancelled"
  let type: MemberName = "type"
  let seriesMasterID: MemberName = "seriesMasterId"
  let iCalUID: MemberName = "iCalUId"
  let organizer: MemberName = "organizer"
  let emailAddress: MemberName = "emailAddress"
  let address: MemberName = "address"
  let location: MemberName = "location"
  let displayName: MemberName = "displayName"
  let webLink: MemberName = "webLink"
  let changeKey: MemberName = "changeKey"
  let lastModifiedDateTime: MemberName = "lastModifiedDateTime"
  let categories: MemberName = "categories"

  /// Where a column's value stands in the record, as messages call it.
  func path(_ column: EventColumn) -> String {
    switch column {
    case .userID: "user"
    case .calendarID: "calendar"
    case .userEmail: "mail"
    case .description: "body"
    case .response: "responseStatus.response"
    case .location: "location.displayName"
    case .organizer: "organizer.emailAddress.address"
    default: plain(column).text
    }
  }

  /// The member that a column copies as it is.
  func plain(_ column: EventColumn) -> MemberName {
    switch column {
    case .subject: subject
    case .timeZone: zone
    case .showAs: showAs
    case .sensitivity: sensitivity
    case .eventType: type
    case .seriesMasterID: seriesMasterID
    case .icalUID: iCalUID
    case .webLink: webLink
    case .changeKey: changeKey
    default: id
    }
  }
}
