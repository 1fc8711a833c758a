import NDJSON

/// What of an event leaves the program.
struct EventRules: Sendable {
  enum Privacy: String, CaseIterable, Sendable { case keep, mask, drop }

  var body: Preferences.Body = .none
  var privacy: Privacy = .mask
}

/// The members of Graph's events that tt-fetch knows by name.
struct EventNames: Sendable {
  let id: MemberName = "id"
  let etag: MemberName = "@odata.etag"
  let type: MemberName = "type"
  let seriesMasterId: MemberName = "seriesMasterId"
  let removed: MemberName = "@removed"
  let reason: MemberName = "reason"
  let sensitivity: MemberName = "sensitivity"
  let subject: MemberName = "subject"
  let body: MemberName = "body"

  /// What a private event doesn't show.
  let masked: [MemberName] = [
    "subject", "body", "bodyPreview", "location", "locations", "attendees", "organizer",
  ]
  /// Names that the record itself uses.
  let ours: [MemberName] = ["record", "user", "mail", "calendar"]
  /// What is an occurrence's own, or says nothing about one occurrence: never taken from the master.
  let notInherited: Set<MemberName> = [
    "@odata.context", "@odata.type", "@odata.etag", "id", "type", "start", "end", "recurrence",
    "seriesMasterId", "originalStart", "occurrenceId", "cancelledOccurrences",
    "exceptionOccurrences", "record", "user", "mail", "calendar",
  ]
  /// What an occurrence always takes from its master, so that both ways of reading agree.
  let alwaysInherited: [MemberName] = [
    "webLink", "changeKey", "createdDateTime", "lastModifiedDateTime",
  ]

  /// What every event has that stands for itself; one without came in part.
  let meeting: [MemberName] = ["subject", "start", "end"]
  /// What an exception has besides that isn't meant to be taken from its master.
  let exception: [MemberName] = [
    "subject", "start", "end", "isAllDay", "isCancelled", "showAs", "sensitivity", "categories",
  ]

  func isPrivate(_ sensitivity: Value?, _ bytes: RawSpan) -> Bool {
    guard let sensitivity, sensitivity.kind == .string, !sensitivity.equals("normal", bytes) else {
      return false
    }
    return ["private", "personal", "confidential"].contains(sensitivity.text(bytes).lowercased())
  }
}
