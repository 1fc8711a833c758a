extension Tenant {
  /// `GET /users/{id}/calendars`.
  func calendars(_ mailbox: MailboxCall) -> Response {
    mailbox.call.success { json in
      json.member(
        "@odata.context", "\(base)/v1.0/$metadata#users('\(mailbox.person.id)')/calendars")
      json.list(
        "value",
        { list in
          for index in mailbox.mailbox.calendars.indices {
            list.object { write(mailbox, calendar: index, &$0) }
          }
        })
    }
  }

  /// `GET /users/{id}/calendar`.
  func defaultCalendar(_ mailbox: MailboxCall) -> Response {
    mailbox.call.success { json in
      json.member(
        "@odata.context", "\(base)/v1.0/$metadata#users('\(mailbox.person.id)')/calendar/$entity")
      write(mailbox, calendar: 0, &json)
    }
  }

  private func write(_ mailbox: MailboxCall, calendar index: Int, _ json: inout JSONText) {
    let calendar = mailbox.mailbox.calendars[index]
    json.member(
      "id",
      calendarId(
        mailbox.person.id, index, isImmutable: mailbox.call.preferences.isImmutable))
    json.member("name", calendar.name)
    json.member("color", calendar.color)
    json.member("hexColor", "")
    json.member("isDefaultCalendar", index == 0)
    json.member(
      "changeKey",
      ItemKey(seed: settings.seed, user: mailbox.person.id, number: -index).uid)
    for name in ["canShare", "canViewPrivateItems", "canEdit"] { json.member(name, true) }
    json.member("allowedOnlineMeetingProviders", ["teamsForBusiness"])
    json.member("defaultOnlineMeetingProvider", "teamsForBusiness")
    json.member("isTallyingResponses", index == 0)
    json.member("isRemovable", index != 0)
    json.member("owner") { owner in
      owner.member("name", mailbox.person.displayName)
      owner.member("address", mailbox.person.mail)
    }
  }

  /// Calendar ids differ by the IdType header, although containers are said not to support it.
  func calendarId(_ user: String, _ index: Int, isImmutable: Bool) -> String {
    ItemKey(seed: settings.seed, user: user, number: -1 - index).id(
      isImmutable: isImmutable, calendar: index)
  }

  /// Which calendar a path names; nil when there is none of that id.
  func calendarIndex(_ mailbox: MailboxCall, _ id: String?) -> Int? {
    guard let id else { return 0 }
    return mailbox.mailbox.calendars.indices.first { index in
      [true, false].contains { calendarId(mailbox.person.id, index, isImmutable: $0) == id }
    }
  }
}
