import NDJSON

extension Tenant {
  /// `GET /users/{id}/events/{id}`: any kind of event, masters included.
  func event(_ mailbox: MailboxCall, _ id: String) -> Response {
    guard let (item, row) = find(id, in: mailbox) else { return notInStore(mailbox.call) }
    var text = eventText(mailbox)
    text.select = mailbox.call.select
    var json = JSONText()
    text.full(row, &json)
    var response = mailbox.call.success { _ in }
    let context = quoted("\(base)/v1.0/$metadata#users('\(mailbox.person.id)')/events/$entity")
    var extra = ""
    if row.kind == .master, text.select?.contains("cancelledOccurrences") ?? false {
      extra = ",\"cancelledOccurrences\":" + cancelledOccurrences(item, text)
    }
    response.body =
      "{\"@odata.context\":\(context)," + json.text.dropFirst().dropLast() + extra + "}"
    return response
  }

  /// The deleted dates, which only a series asked for by its id tells.
  private func cancelledOccurrences(_ item: CalendarItem, _ text: EventText) -> String {
    let id = item.key.id(isImmutable: text.preferences.isImmutable, calendar: item.calendar)
    var json = JSONText()
    json.array { list in
      for date in (item.series?.deleted ?? []).sorted() { list.value("OID.\(id).\(date.text)") }
    }
    return json.text
  }

  /// `GET /users/{id}/events/{id}/instances`.
  func instances(_ mailbox: MailboxCall, _ id: String) -> Response {
    guard let (item, row) = find(id, in: mailbox), row.kind == .master else {
      return notInStore(mailbox.call)
    }
    switch window(mailbox.call) {
    case .failure(let refusal): return refusal.response
    case .success(let window):
      let rows = view(mailbox, window).rows(of: item)
      var text = eventText(mailbox)
      text.select = mailbox.call.select
      return mailbox.call.success { json in
        json.list("value") { list in rows.forEach { text.full($0, &list) } }
      }
    }
  }

  private func notInStore(_ call: GraphCall) -> Response {
    call.failure(404, "ErrorItemNotFound", "The specified object was not found in the store.")
  }

  private func view(_ mailbox: MailboxCall, _ window: Range<Int>) -> View {
    View(
      window: window, zone: zones[mailbox.person.zone.iana] ?? ZoneCatalogue.utc, zones: zones)
  }

  private func find(_ id: String, in mailbox: MailboxCall) -> (CalendarItem, Row)? {
    let isImmutable = id.hasPrefix("AAkALg")
    let always = CivilDay(1990, 1, 1).midnight..<CivilDay(2045, 1, 1).midnight
    let view = view(mailbox, always)
    for item in mailbox.mailbox.items {
      let own = item.key.id(isImmutable: isImmutable, calendar: item.calendar)
      if own == id {
        return (view.master(of: item) ?? view.rows(of: item).first).map { (item, $0) }
      }
      guard item.series != nil, id.hasPrefix(own.dropLast(4)) else { continue }
      let row = view.rows(of: item).first { $0.id(isImmutable: isImmutable) == id }
      return row.map { (item, $0) }
    }
    return nil
  }

  /// `POST /users/{id}/translateExchangeIds`, between the two kinds of REST ids.
  func translateIds(_ mailbox: MailboxCall) -> Response {
    let call = mailbox.call
    guard let tree = try? JSONTree(call.request.body),
      case .array(let inputs) = tree["inputIds"] ?? .null, inputs.count <= 1000,
      let source = tree["sourceIdType"]?.string, let target = tree["targetIdType"]?.string
    else {
      return call.failure(400, "BadRequest", "inputIds, sourceIdType and targetIdType are needed.")
    }
    let wanted = Set(inputs.compactMap(\.string))
    var found: [String: String] = [:]
    for item in mailbox.mailbox.items {
      let old = item.key.id(isImmutable: source == "restImmutableEntryId", calendar: item.calendar)
      guard wanted.contains(old) else { continue }
      found[old] = item.key.id(
        isImmutable: target == "restImmutableEntryId", calendar: item.calendar)
    }
    return call.success { json in
      json.list("value") { list in
        for (old, new) in found.sorted(by: { $0.key < $1.key }) {
          list.object { pair in
            pair.member("sourceId", old)
            pair.member("targetId", new)
          }
        }
      }
    }
  }

  /// `GET /users/{id}/outlook/supportedTimeZones`, Windows names.
  func supportedTimeZones(_ call: GraphCall) -> Response {
    call.success { json in
      json.list("value") { list in
        for name in ZoneCatalogue.windowsNames {
          list.object { zone in
            zone.member("alias", name)
            zone.member("displayName", name)
          }
        }
      }
    }
  }
}
