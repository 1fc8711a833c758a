import Console

/// How many events took their local zone from where only need looks for it.
struct MakeshiftCounts: Equatable {
  private(set) var mailbox = 0
  private(set) var event = 0
  private(set) var option = 0
  private(set) var system = 0

  mutating func count(_ source: ZoneSource) {
    switch source {
    case .mailbox: mailbox += 1
    case .event: event += 1
    case .option: option += 1
    case .system: system += 1
    }
  }

  var total: Int { mailbox + event + option + system }
}

extension ZoneResolver {
  /// Says how many events fell back, and why: once for each name.
  func report(_ log: Log) {
    for (name, count) in zip(unknown.names, unknown.counts) where count > 0 {
      log.warning(
        "the time zone \"\(name)\" is not known: \(events(count)) fell back to another zone",
        hint: "tt-tz zones lists all names; --on-unknown reject refuses such events")
    }
    guard makeshifts.total > 0 else { return }
    let owner = choice.preference == .event ? "a zone of their own" : "a mailbox zone"
    log.info("\(events(makeshifts.total)) without \(owner): \(sources().joined(separator: ", "))")
  }

  private func sources() -> [String] {
    [
      (makeshifts.mailbox, "the mailbox's zone"), (makeshifts.event, "the event's own zone"),
      (makeshifts.option, "--zone \(name(choice.option))"),
      (makeshifts.system, "the system's zone \(name(choice.system))"),
    ].filter { $0.0 > 0 }.map { "\($0.0) took \($0.1)" }
  }

  private func name(_ place: ZoneShelf.Place?) -> String {
    place.flatMap { shelf.zones[$0].name } ?? "without a name"
  }

  private func events(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }
}
