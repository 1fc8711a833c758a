extension Tenant {
  /// `GET …/calendarView/delta`: a first page, a next one, or what changed since a link.
  func delta(_ mailbox: MailboxCall, _ calendarId: String?) -> Response {
    let call = mailbox.call
    if let refusal = refuseOptions(call) { return refusal }
    guard let calendar = calendarIndex(mailbox, calendarId) else {
      return call.failure(
        404, "ErrorItemNotFound", "The specified object was not found in the store.")
    }
    let text = call.query["$skiptoken"] ?? call.query["$deltatoken"]
    guard let text else { return firstPage(mailbox, calendar) }
    switch DeltaToken(text) {
    case .page(let round, let unit): return nextPage(mailbox, calendar, round, from: unit)
    case .since(let view, let generation):
      return changes(mailbox, calendar, view: view, generation: generation)
    case nil: return call.failure(400, "ErrorInvalidUrlQuery", "Badly formed token.")
    }
  }

  private func refuseOptions(_ call: GraphCall) -> Response? {
    if call.query["$top"] != nil {
      return call.failure(
        400, "ErrorInvalidUrlQuery",
        "The query parameter '$top' is not supported here, as the page size cannot be guaranteed. Use the preference 'odata.maxpagesize'."
      )
    }
    let refused = ["$orderby", "$filter", "$select", "$expand", "$search"]
    guard refused.contains(where: { call.query[$0] != nil }) else { return nil }
    return call.failure(
      400, "ErrorInvalidUrlQuery",
      "The following parameters are not supported with change tracking over the 'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'."
    )
  }

  private func firstPage(_ mailbox: MailboxCall, _ calendar: Int) -> Response {
    switch window(mailbox.call) {
    case .failure(let refusal): return refusal.response
    case .success(let window):
      let view = TrackedView(
        user: mailbox.person.id, calendar: calendar, start: window.lowerBound,
        end: window.upperBound)
      return open(mailbox, view, since: nil)
    }
  }

  private func changes(
    _ mailbox: MailboxCall, _ calendar: Int, view index: Int, generation: Int
  ) -> Response {
    guard let found = deltas.withLock({ $0.resolve(view: index, generation: generation) }),
      found.view.user == mailbox.person.id, found.view.calendar == calendar
    else {
      return mailbox.call.failure(400, "ErrorInvalidUrlQuery", "The token belongs elsewhere.")
    }
    guard let since = found.since else {
      return gone(
        mailbox.call, "The sync state generation is not found; generation=\(generation).")
    }
    if found.mark != mailbox.call.preferences.mark { note(.changedPrefer) }
    return open(mailbox, found.view, since: since)
  }

  /// Makes a round and gives its first page, which may be empty.
  private func open(_ mailbox: MailboxCall, _ view: TrackedView, since: Int?) -> Response {
    let zone = zones[mailbox.person.zone.iana] ?? ZoneCatalogue.utc
    var random = SeededRandom(
      settings.seed, "round", view.user, "\(view.calendar) \(view.start) \(since ?? -1)",
      String(mailbox.mailbox.changes))
    let startsEmpty = random.once(in: 3)
    // What an earlier round has told may be told again.
    let replayed = random.once(in: 4) ? 2 : 0
    var maker = DeltaRoundMaker(
      view: View(window: view.start..<view.end, zone: zone, zones: zones),
      calendar: view.calendar, random: random)
    let units =
      since.map { maker.changes(in: mailbox.mailbox, since: max(0, $0 - replayed)) }
      ?? maker.everything(in: mailbox.mailbox)
    let round = DeltaBook.Round(
      view: view, units: units, startsEmpty: startsEmpty,
      mark: mailbox.call.preferences.mark, until: mailbox.mailbox.changes)
    let number = deltas.withLock { $0.open(round) }
    return page(mailbox, round, number, from: startsEmpty ? -1 : 0)
  }

  private func nextPage(
    _ mailbox: MailboxCall, _ calendar: Int, _ number: Int, from unit: Int
  ) -> Response {
    guard let round = deltas.withLock({ $0.round(number) }) else {
      return gone(mailbox.call, "The page is no longer known.")
    }
    guard round.view.user == mailbox.person.id, round.view.calendar == calendar else {
      return mailbox.call.failure(400, "ErrorInvalidUrlQuery", "The token belongs elsewhere.")
    }
    if round.mark != mailbox.call.preferences.mark { note(.changedPrefer) }
    return page(mailbox, round, number, from: unit)
  }

  /// 410 in one of the spellings that have been seen.
  func gone(_ call: GraphCall, _ message: String) -> Response {
    let spellings = [
      "SyncStateNotFound", "syncStateNotFound", "SyncStateInvalid", "resyncRequired",
      "ResyncRequired", "fullSyncRequired",
    ]
    let turn = deltas.withLock { $0.nextTurn() }
    let response = call.failure(410, spellings[turn % spellings.count], message)
    return turn % 2 == 0
      ? response : response.adding("Location", "\(call.base)\(call.path)?$deltatoken=")
  }
}
