/// Writes events as Graph does, by a request's preferences.
struct EventText {
  let preferences: Preferences
  let zone: ZoneRules
  let mark: String
  let known: Locked<EventTexts>
  var select: Set<String>?

  /// What a change that comes in part tells.
  static let telling: Set = ["type", "subject", "categories", "showAs", "sensitivity"]
  /// What an exception may have of its own, be it told in part.
  static let own: Set = telling.union([
    "seriesMasterId", "changeKey", "originalStart", "start", "end", "isCancelled", "bodyPreview",
    "body", "importance", "webLink", "isOrganizer", "responseStatus", "location", "locations",
    "organizer", "attendees", "isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting",
  ])

  /// The same with these members only.
  func selecting(_ names: Set<String>) -> EventText {
    var result = self
    result.select = names
    return result
  }

  private func keeps(_ name: String) -> Bool { select?.contains(name) ?? true }

  func id(_ row: Row) -> String { row.id(isImmutable: preferences.isImmutable) }

  func masterId(_ row: Row) -> String? {
    guard row.kind != .single, row.kind != .master else { return nil }
    return row.item.key.id(isImmutable: preferences.isImmutable, calendar: row.item.calendar)
  }

  private func etag(_ row: Row) -> String { "W/\"\(row.item.changeKey)\"" }

  /// The seven members that delta gives of an occurrence.
  func abbreviated(_ row: Row, _ json: inout JSONText) {
    json.object { event in
      event.member("@odata.type", "#microsoft.graph.event")
      event.member("@odata.etag", etag(row))
      event.member("seriesMasterId", masterId(row))
      event.member("type", "occurrence")
      event.member("id", id(row))
      writeTimes(row, &event)
    }
  }

  func compose(_ row: Row, _ json: inout JSONText, typed: Bool) {
    json.object { event in
      if typed { event.member("@odata.type", "#microsoft.graph.event") }
      event.member("@odata.etag", etag(row))
      event.member("id", id(row))
      writeHistory(row, &event)
      writeHead(row, &event)
      writeFlags(row, &event)
      writeParts(row, &event)
      writeTimes(row, &event)
      writePeople(row.content, &event)
    }
  }

  private func writeHistory(_ row: Row, _ event: inout JSONText) {
    // Not selectable in a calendar view, as documented.
    if select == nil {
      let delay = isExpanded(row) ? 61 : 0
      event.member("createdDateTime", stamp(row.item.created + delay, row.item.number))
      event.member("lastModifiedDateTime", stamp(row.item.modified + delay, row.item.number + 1))
    }
    write("changeKey", changeKey(row), &event)
    if keeps("categories") { event.member("categories", row.content.categories) }
    write("transactionId", nil, &event)
    write("originalStartTimeZone", row.item.zoneName, &event)
    write("originalEndTimeZone", row.item.zoneName, &event)
    write("iCalUId", row.item.key.uid, &event)
  }

  private func isExpanded(_ row: Row) -> Bool {
    if case .occurrence = row.kind { true } else { false }
  }

  /// An expanded date has a key and times of its own, which differ from what delta lets one infer.
  private func changeKey(_ row: Row) -> String {
    guard case .occurrence(let date) = row.kind else { return row.item.changeKey }
    return row.item.key.changeKey(row.item.changed, of: date)
  }

  private func writeHead(_ row: Row, _ event: inout JSONText) {
    let content = row.content
    write("subject", content.subject, &event)
    if keeps("bodyPreview") { event.member("bodyPreview", raw: content.body.quotedPreview) }
    write("importance", content.importance, &event)
    write("sensitivity", content.sensitivity, &event)
    write("showAs", content.showAs, &event)
    write("type", typeName(row.kind), &event)
    write("seriesMasterId", masterId(row), &event)
    if keeps("webLink") {
      event.member(
        "webLink",
        "https://outlook.office365.com/owa/?itemid=\(percentEncoded(id(row)))&exvsurl=1&path=/calendar/item"
      )
    }
    guard keeps("originalStart"), let slot = row.originalStart else { return }
    event.member("originalStart", stamp(slot.instants(in: zone).start, 0))
  }

  private func writeFlags(_ row: Row, _ event: inout JSONText) {
    let content = row.content
    let flags = [
      ("isAllDay", row.when.isAllDay), ("isCancelled", content.isCancelled),
      ("isOrganizer", content.response == "organizer"), ("isReminderOn", true),
      ("hasAttachments", false), ("responseRequested", true), ("isDraft", false),
      ("hideAttendees", false), ("allowNewTimeProposals", true),
      ("isOnlineMeeting", content.isOnline),
    ]
    for (name, value) in flags where keeps(name) { event.member(name, value) }
    if keeps("reminderMinutesBeforeStart") { event.member("reminderMinutesBeforeStart", 15) }
    write("onlineMeetingUrl", nil, &event)
    write("onlineMeetingProvider", content.isOnline ? "teamsForBusiness" : "unknown", &event)
    write("occurrenceId", occurrenceId(row), &event)
  }

  private func occurrenceId(_ row: Row) -> String? {
    switch row.kind {
    case .single, .master: nil
    case .occurrence(let date), .exception(let date):
      "OID.\(row.item.key.id(isImmutable: preferences.isImmutable, calendar: row.item.calendar)).\(date.text)"
    }
  }

  private func writeTimes(_ row: Row, _ event: inout JSONText) {
    let (start, end) = walls(row.when)
    if keeps("start") { writeTime("start", start, &event) }
    if keeps("end") { writeTime("end", end, &event) }
  }

  private func writeTime(_ name: String, _ wall: Int, _ event: inout JSONText) {
    event.member(name) { time in
      time.member("dateTime", dateTimeText(wall) + ".0000000")
      time.member("timeZone", preferences.zoneName)
    }
  }

  /// Whole days stay at midnight, whatever zone is asked for.
  private func walls(_ when: When) -> (start: Int, end: Int) {
    switch when {
    case .timed(let start, let end): (zone.wall(at: start), zone.wall(at: end))
    case .allDay(let start, let end): (start.midnight, end.midnight)
    }
  }

  private func write(_ name: String, _ value: String?, _ event: inout JSONText) {
    if keeps(name) { event.member(name, value) }
  }

  private func writeParts(_ row: Row, _ event: inout JSONText) {
    let content = row.content
    if keeps("responseStatus") { writeResponse("responseStatus", content.response, &event) }
    if keeps("body") {
      event.member("body") { body in
        body.member("contentType", preferences.isTextBody ? "text" : "html")
        body.member(
          "content",
          raw: preferences.isTextBody ? content.body.quotedText : content.body.quotedHTML)
      }
    }
    if keeps("location") { event.member("location") { writeLocation(content.location, &$0) } }
    if keeps("locations") {
      event.list(
        "locations",
        { list in
          guard let name = content.location else { return }
          list.object { writeLocation(name, &$0) }
        })
    }
    if keeps("recurrence") {
      event.member("recurrence", raw: row.kind == .master ? recurrence(row.item) : "null")
    }
  }
}
