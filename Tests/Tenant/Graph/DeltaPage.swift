extension Tenant {
  /// The units from a place on, as many whole ones as fit the size that was asked for.
  ///
  /// Place -1 is the empty page in front of the first one.
  func page(
    _ mailbox: MailboxCall, _ round: DeltaBook.Round, _ number: Int, from start: Int
  ) -> Response {
    let wanted = min(max(mailbox.call.preferences.maxPageSize ?? 10, 1), 1000)
    let size = mailbox.behaviour == .onePage ? Int.max : wanted
    var end = max(start, 0)
    var count = 0
    while start >= 0 && end < round.units.count && count < size {
      count += round.units[end].count
      end += 1
    }
    let link = link(mailbox, round, number, start, end, size)
    let text = eventText(mailbox)
    let units = round.units[max(start, 0)..<end]
    return mailbox.call.success { json in
      json.member("@odata.context", "\(base)/v1.0/$metadata#Collection(event)")
      json.list("value") { list in
        for unit in units { write(unit, text, round.view.calendar, &list) }
      }
      json.member(link.name, link.url)
    }
  }

  private func link(
    _ mailbox: MailboxCall, _ round: DeltaBook.Round, _ number: Int, _ start: Int, _ end: Int,
    _ size: Int
  ) -> (name: String, url: String) {
    guard end < round.units.count || start < 0 || isStuck(mailbox, round, start, end, size) else {
      let token = deltas.withLock { $0.close(number) }
      return ("@odata.deltaLink", deltaLink(mailbox, round.view, token?.text ?? ""))
    }
    let place = isStuck(mailbox, round, start, end, size) ? start : end
    let token = DeltaToken.page(round: number, unit: place).text
    return ("@odata.nextLink", "\(mailbox.call.base)\(mailbox.call.path)?$skiptoken=\(token)")
  }

  /// Whether this page comes again and again, as it does with a series larger than the page.
  private func isStuck(
    _ mailbox: MailboxCall, _ round: DeltaBook.Round, _ start: Int, _ end: Int, _ size: Int
  ) -> Bool {
    guard start >= 0, end > start else { return false }
    switch mailbox.behaviour {
    case .endlessAlways: return true
    case .endless: return round.units[start..<end].contains { $0.count > size }
    default: return false
    }
  }

  /// Links that end a round are spelled another way than the request was.
  private func deltaLink(_ mailbox: MailboxCall, _ view: TrackedView, _ token: String) -> String {
    let user = percentEncoded(mailbox.person.userPrincipalName)
    let id = percentEncoded(
      calendarId(
        view.user, view.calendar, isImmutable: mailbox.call.preferences.isImmutable))
    let path =
      view.calendar == 0
      ? "users/\(user)/calendar/calendarView/delta"
      : "users('\(view.user)')/calendars('\(id)')/calendarView/delta"
    return "\(mailbox.call.base)/v1.0/\(path)?$deltatoken=\(token)"
  }

  private func write(
    _ unit: DeltaUnit, _ text: EventText, _ calendar: Int, _ list: inout JSONText
  ) {
    switch unit {
    case .single(let row): text.full(row, &list, typed: true)
    case .removed(let key):
      let id = key.id(isImmutable: text.preferences.isImmutable, calendar: calendar)
      list.object { json in
        json.member("@odata.type", "#microsoft.graph.event")
        json.member("id", id)
        json.member("@removed") { $0.member("reason", "deleted") }
      }
    case .part(let row): text.selecting(EventText.telling).full(row, &list, typed: true)
    case .series(let series): write(series, text, &list)
    }
  }

  private func write(_ series: DeltaUnit.Series, _ text: EventText, _ list: inout JSONText) {
    let exceptions = series.hasPartialExceptions ? text.selecting(EventText.own) : text
    if let master = series.master, !series.isMasterLast { text.full(master, &list, typed: true) }
    for row in series.rows {
      if case .occurrence = row.kind {
        text.abbreviated(row, &list)
      } else {
        exceptions.full(row, &list, typed: true)
      }
    }
    if let master = series.master, series.isMasterLast { text.full(master, &list, typed: true) }
  }
}
