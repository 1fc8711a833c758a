/// A column of `calendar_event` that comes from an event's record, and what it may hold.
///
/// Loading, table definitions and reports all go by this list, so that they cannot disagree.
package enum EventColumn: Int, CaseIterable, Sendable {
  case eventID, userID, userEmail, userName, calendarID
  case subject, description
  case startDate, endDate, startLocal, endLocal, timeZone, minutes
  case isAllDay, showAs, sensitivity, response, isCancelled, eventType
  case seriesMasterID, icalUID, organizer, location, webLink, changeKey, lastModified

  package enum Kind: Equatable, Sendable {
    /// An identifier: compared byte for byte; at most so many UTF-16 units.
    case identifier(Int)
    /// A text of at most so many UTF-16 units.
    case text(Int)
    /// A text of any length.
    case longText
    /// `2026-03-29 07:00:00`, with a fraction where there is one.
    case time
    /// 0 or 1.
    case flag
    /// A number with at most four decimals.
    case decimal

    package var isText: Bool {
      switch self {
      case .identifier, .text, .longText: true
      case .time, .flag, .decimal: false
      }
    }
  }

  package var name: String {
    switch self {
    case .eventID: "event_id"
    case .userID: "user_id"
    case .userEmail: "user_email"
    case .userName: "user_name"
    case .calendarID: "calendar_id"
    case .subject: "subject"
    case .description: "description"
    case .startDate: "start_date"
    case .endDate: "end_date"
    case .startLocal: "start_local"
    case .endLocal: "end_local"
    case .timeZone: "time_zone"
    case .minutes: "minutes"
    case .isAllDay: "is_all_day"
    case .showAs: "show_as"
    case .sensitivity: "sensitivity"
    case .response: "response"
    case .isCancelled: "is_cancelled"
    case .eventType: "event_type"
    case .seriesMasterID: "series_master_id"
    case .icalUID: "ical_uid"
    case .organizer: "organizer"
    case .location: "location"
    case .webLink: "web_link"
    case .changeKey: "change_key"
    case .lastModified: "last_modified"
    }
  }

  package var kind: Kind {
    switch self {
    case .eventID, .calendarID, .seriesMasterID: .identifier(Limit.identifier)
    case .userID: .identifier(Limit.userID)
    case .userEmail: .text(Limit.mail)
    case .userName: .text(Limit.name)
    case .subject, .description, .icalUID, .location, .webLink: .longText
    case .startDate, .endDate, .startLocal, .endLocal, .lastModified: .time
    case .timeZone: .text(Limit.zone)
    case .minutes: .decimal
    case .isAllDay, .isCancelled: .flag
    case .showAs, .sensitivity, .response, .eventType: .text(Limit.word)
    case .organizer: .text(Limit.organizer)
    case .changeKey: .text(Limit.identifier)
    }
  }

  /// The columns whose values are the same for a whole mailbox and are not part of an event's content.
  package var isOwner: Bool { self == .userEmail || self == .userName }
}

/// How many UTF-16 units the columns with a limit hold; a longer text is refused, never cut.
package enum Limit {
  /// An index key of SQL Server holds 450 units; ids of the service have under 200.
  package static let identifier = 400
  package static let userID = 128
  package static let mail = 320
  package static let name = 400
  package static let zone = 128
  package static let word = 64
  package static let organizer = 1024
  package static let categoryName = 255
  /// What a name compares by may be longer than the name: some capital letters have two small ones.
  package static let categoryKey = 400
}
