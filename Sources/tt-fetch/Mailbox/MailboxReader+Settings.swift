import Console
import NDJSON
import Records

/// What a mailbox says of its owner before its events: settings and categories.
extension MailboxReader {
  mutating func takeSettings(_ body: RawSpan, _ bench: inout Workbench) -> Action {
    do throws(JSONFault) {
      try bench.itemScanner.scan(body)
    } catch {
      return askAgain("\(error)", &bench)
    }
    guard bench.itemScanner.value(GraphPage.error)?.kind != .object else {
      return askAgain("an error in place of settings", &bench)
    }
    let zone = bench.itemScanner.value("timeZone")?.stringText(body)
    person.timeZone = zone.flatMap { $0.isEmpty ? nil : $0 }
    if let hours = bench.itemScanner.value("workingHours"), hours.kind == .object {
      var copy = OutputBuffer(capacity: 512)
      copy.append(compact: body, hours)
      person.workingHours = copy.withBytes { Array(copying: $0) }
    }
    return finishSettings(&bench)
  }

  mutating func finishSettings(_ bench: inout Workbench) -> Action {
    person.write(to: &bench.output.buffer)
    step = .categories
    return ask(graph.categories(person.id), answered: answers.categories, &bench)
  }

  mutating func takeCategories(_ body: RawSpan, _ bench: inout Workbench) -> Action {
    let length = bench.output.buffer.count
    let page: GraphPage
    do {
      guard let found = try GraphPage(body, &bench.pageScanner) else {
        return askAgain("no list of categories", &bench)
      }
      page = found
      try page.elements.forEachElement(body) { element in
        try bench.itemScanner.scan(body, element)
        guard let name = bench.itemScanner.value("displayName"), name.kind == .string else {
          return
        }
        repetition.note(body, id: name)
        CategoryRecord(
          user: person.id, name: name.text(body),
          color: bench.itemScanner.value("color")?.stringText(body)
        ).write(to: &bench.output.buffer)
      }
    } catch {
      bench.output.buffer.truncate(to: length)
      repetition.forgetPage()
      return askAgain("\(error)", &bench)
    }
    if let link = page.nextLink, !repetition.pageRepeats() { return ask(link: link, &bench) }
    return rules.subject == .events ? planCalendars(&bench) : finish()
  }

  mutating func finish() -> Action {
    step = .done
    return .finish
  }
}
