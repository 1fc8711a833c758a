import NDJSON
import Records

/// Which calendars of a mailbox are read.
extension MailboxReader {
  mutating func planCalendars(_ bench: inout Workbench) -> Action {
    guard rules.calendars == .all else { return startRound(&bench) }
    step = .calendars
    repetition = RepetitionGuard()
    return ask(graph.calendars(person.id))
  }

  mutating func takeCalendars(_ body: RawSpan, _ bench: inout Workbench) -> Action {
    let page: GraphPage
    do {
      guard let found = try GraphPage(body, &bench.pageScanner) else {
        return askAgain("no list of calendars", &bench)
      }
      page = found
      try page.elements.forEachElement(body) { element in
        try bench.itemScanner.scan(body, element)
        noteCalendar(body, bench.itemScanner)
      }
    } catch {
      return askAgain("\(error)", &bench)
    }
    if let link = page.nextLink, !repetition.pageRepeats() { return ask(link: link, &bench) }
    // The primary calendar goes by its name, whatever its id.
    if !calendarNames.contains(.primary) { calendarNames.insert(.primary, at: 0) }
    plans = calendarNames.flatMap { rules.rounds($0, states) } + retiredCalendars()
    return startRound(&bench)
  }

  private mutating func noteCalendar(_ body: RawSpan, _ scanner: borrowing ObjectScanner) {
    let isDefault = scanner.value("isDefaultCalendar")?.bool(body) == true
    guard let id = scanner.value("id"), id.kind == .string else { return }
    repetition.note(body, id: id)
    let name = isDefault ? CalendarName.primary : .other(id.text(body))
    if !calendarNames.contains(name) { calendarNames.append(name) }
  }

  /// What was kept of calendars that are gone: rounds of nothing, so that their events go too.
  private func retiredCalendars() -> [RoundPlan] {
    states.compactMap { state in
      let name = CalendarName(state.key.calendar)
      guard !calendarNames.contains(name), let window = Window(state.window) else { return nil }
      return RoundPlan(calendar: name, window: window, source: .retire, pageSize: rules.pageSize)
    }
  }
}
