extension Tenant {
  /// `GET /users/{id}/mailboxSettings`, or one property of it.
  func mailboxSettings(_ mailbox: MailboxCall, _ property: String?) -> Response {
    let (call, person) = (mailbox.call, mailbox.person)
    let context = "\(base)/v1.0/$metadata#users('\(person.id)')/mailboxSettings"
    if let property {
      guard property.lowercased() == "timezone" else {
        return call.failure(400, "BadRequest", "The property '\(property)' is not served.")
      }
      return call.success { json in
        json.member("@odata.context", context + "/timeZone")
        json.member("value", person.zone.name)
      }
    }
    let select = call.select
    let keeps = { (name: String) in select?.contains(name) ?? true }
    return call.success { json in
      json.member("@odata.context", context)
      if keeps("archiveFolder") { json.member("archiveFolder", "AAMkAGarchive=") }
      if keeps("timeZone") { json.member("timeZone", person.zone.name) }
      if keeps("dateFormat") { json.member("dateFormat", "dd.MM.yyyy") }
      if keeps("timeFormat") { json.member("timeFormat", "HH:mm") }
      if keeps("delegateMeetingMessageDeliveryOptions") {
        json.member("delegateMeetingMessageDeliveryOptions", "sendToDelegateOnly")
      }
      if keeps("userPurpose") { writePurpose(person, &json) }
      if keeps("language") {
        json.member(
          "language", raw: #"{"locale":"en-GB","displayName":"English (United Kingdom)"}"#)
      }
      if keeps("automaticRepliesSetting") {
        json.member("automaticRepliesSetting", raw: automaticReplies)
      }
      if keeps("workingHours") { writeWorkingHours(person, &json) }
    }
  }

  /// The documentation shows both shapes, so clients meet both.
  private func writePurpose(_ person: Person, _ json: inout JSONText) {
    if person.id.utf8.first.map({ $0 % 2 == 0 }) ?? false {
      json.member("userPurpose", person.userPurpose)
    } else {
      json.member("userPurpose") { $0.member("value", person.userPurpose) }
    }
  }

  private func writeWorkingHours(_ person: Person, _ json: inout JSONText) {
    json.member("workingHours") { hours in
      hours.member("daysOfWeek", ["monday", "tuesday", "wednesday", "thursday", "friday"])
      hours.member("startTime", "08:00:00.0000000")
      hours.member("endTime", "17:00:00.0000000")
      hours.member("timeZone", raw: person.zone.workingHours)
    }
  }

  /// `GET /users/{id}/outlook/masterCategories`.
  func masterCategories(_ mailbox: MailboxCall) -> Response {
    let call = mailbox.call
    let all = mailbox.mailbox.categories
    let size = min(call.query.integer("$top") ?? 10, 1000)
    let start = call.query.integer("$skip") ?? 0
    let end = min(start + size, all.count)
    guard size > 0, (0...all.count).contains(start) else {
      return call.failure(400, "ErrorInvalidUrlQuery", "The paging parameters are not valid.")
    }
    return call.success { json in
      json.member(
        "@odata.context",
        "\(base)/v1.0/$metadata#users('\(mailbox.person.id)')/outlook/masterCategories")
      json.list(
        "value",
        { list in
          for category in all[start..<end] {
            list.object { json in
              json.member("id", category.id)
              json.member("displayName", category.name)
              json.member("color", category.color)
            }
          }
        })
      if end < all.count { json.member("@odata.nextLink", call.nextLink("$skip", String(end))) }
    }
  }
}

private let automaticReplies =
  #"{"status":"disabled","externalAudience":"all","internalReplyMessage":"","externalReplyMessage":"","#
  + #""scheduledStartDateTime":{"dateTime":"2026-02-03T08:00:00.0000000","timeZone":"UTC"},"#
  + #""scheduledEndDateTime":{"dateTime":"2026-02-04T08:00:00.0000000","timeZone":"UTC"}}"#
