extension Tenant {
  /// `GET …/calendarView`: single events and occurrences in a window, each complete.
  func calendarView(_ mailbox: MailboxCall, _ calendarId: String?) -> Response {
    let call = mailbox.call
    guard let calendar = calendarIndex(mailbox, calendarId) else {
      return call.failure(
        404, "ErrorItemNotFound", "The specified object was not found in the store.")
    }
    let window: Range<Int>
    switch self.window(call) {
    case .success(let range): window = range
    case .failure(let refusal): return refusal.response
    }
    let asked = call.query["$top"].map { Int($0) ?? 0 } ?? 10
    let start = call.query["$skip"].map { Int($0) ?? -1 } ?? 0
    guard (1...1000).contains(asked), start >= 0 else {
      return call.failure(
        400, "ErrorInvalidUrlQuery", "The value of '$top' must be between 1 and 1000.")
    }
    let rows = rows(mailbox, calendar, window)
    let size = mailbox.behaviour == .onePage ? rows.count : asked
    let end = min(start + size, rows.count)
    var text = eventText(mailbox)
    text.select = call.select
    return call.success { json in
      json.member(
        "@odata.context", "\(base)/v1.0/$metadata#users('\(mailbox.person.id)')/calendarView")
      json.list(
        "value",
        { list in
          for row in rows[min(start, end)..<end] { text.full(row, &list) }
        })
      if end < rows.count { json.member("@odata.nextLink", call.nextLink("$skip", String(end))) }
    }
  }

  /// Everything in a calendar's window, by start.
  func rows(_ mailbox: MailboxCall, _ calendar: Int, _ window: Range<Int>) -> [Row] {
    let key = ViewCache.Key(
      view: TrackedView(
        user: mailbox.person.id, calendar: calendar, start: window.lowerBound,
        end: window.upperBound), changes: mailbox.mailbox.changes)
    if let known = views.withLock({ $0[key] }) { return known }
    let rows = expand(mailbox, calendar, window)
    views.withLock { $0.keep(rows, for: key) }
    return rows
  }

  private func expand(_ mailbox: MailboxCall, _ calendar: Int, _ window: Range<Int>) -> [Row] {
    let zone = zones[mailbox.person.zone.iana] ?? ZoneCatalogue.utc
    let view = View(window: window, zone: zone, zones: zones)
    let rows = mailbox.mailbox.items.filter { $0.calendar == calendar }.flatMap {
      view.rows(of: $0)
    }
    return rows.map { ($0, $0.when.instants(in: zone).start) }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  func eventText(_ mailbox: MailboxCall) -> EventText {
    EventText(
      preferences: mailbox.call.preferences,
      zone: zones[mailbox.call.preferences.zoneName] ?? ZoneCatalogue.utc,
      mark: mailbox.call.preferences.mark, known: texts.withLock { $0.texts(of: mailbox.person.id) }
    )
  }

  /// The window that the query names.
  func window(_ call: GraphCall) -> Result<Range<Int>, Refusal> {
    let refuse = { (code: String, message: String) -> Result<Range<Int>, Refusal> in
      .failure(Refusal(response: call.failure(400, code, message)))
    }
    guard let startText = call.query["startDateTime"], let endText = call.query["endDateTime"]
    else {
      return refuse(
        "ErrorInvalidParameter",
        "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."
      )
    }
    guard let start = instant(from: startText), let end = instant(from: endText) else {
      return refuse(
        "ErrorInvalidParameter", "The start or end of the window is not a date and time.")
    }
    guard start < end else {
      return refuse("ErrorInvalidRequest", "The end of the window must be after its start.")
    }
    guard end - start <= 1825 * 86_400 else {
      return refuse(
        "ErrorInvalidRequest",
        "Your request can't be completed. The range between the start and end dates is greater than the allowed range. Maximum number of days: 1825"
      )
    }
    return .success(start..<end)
  }
}
