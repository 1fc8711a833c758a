import Records

/// What the database should say, kept the simplest way: dictionaries, no SQL, one record after the other.
struct Model: Equatable {
  struct Row: Equatable {
    var content: ModelEvent
    var user: String
    var calendar: String
    var isDeleted: Bool
  }

  struct Slice: Hashable {
    var key: CalendarKey
    var window: RoundRecord.Window
  }

  var rows: [String: Row] = [:]
  var members: [Slice: Set<String>] = [:]
  var links: [Slice: String] = [:]
  /// The events that the last stream changed at least once.
  private(set) var touched: Set<String> = []

  private var waiting: [CalendarKey: [ModelRecord]] = [:]

  static func == (left: Model, right: Model) -> Bool {
    left.rows == right.rows && left.links == right.links
      && left.members.filter { !$0.value.isEmpty } == right.members.filter { !$0.value.isEmpty }
  }

  mutating func load(_ stream: [ModelRecord], filtered: Bool) {
    waiting = [:]
    touched = []
    var isOpen = false
    for record in stream {
      switch record {
      case .stream: isOpen = true
      case .end:
        isOpen = false
        loadRest()
      case .event(let key, _), .removed(let key, _), .series(let key, _):
        waiting[key, default: []].append(record)
      case .error(let key), .restart(let key): waiting[key] = nil
      case .round(let round): load(round, filtered: filtered)
      }
    }
    if !isOpen { loadRest(lastCalendars(stream)) }
  }

  /// Of bare events, the calendar of each one's last line; empty when other records are among them.
  private func lastCalendars(_ stream: [ModelRecord]) -> [String: CalendarKey] {
    var last: [String: CalendarKey] = [:]
    for record in stream {
      guard case .event(let key, let event) = record else { return [:] }
      last[event.id] = key
    }
    return last
  }

  private mutating func loadRest(_ lastCalendar: [String: CalendarKey] = [:]) {
    let keys = waiting.keys.sorted { ($0.user, $0.calendar) < ($1.user, $1.calendar) }
    for key in keys {
      let isLast: (String) -> Bool = { lastCalendar.isEmpty || lastCalendar[$0] == key }
      put(present(waiting[key, default: []]).filter { isLast($0.key) }, key)
    }
    waiting = [:]
  }

  /// The events that are there at the end of some records.
  private func present(_ records: [ModelRecord]) -> [String: ModelEvent] {
    var present: [String: ModelEvent] = [:]
    for record in records {
      switch record {
      case .event(_, let event): present[event.id] = event
      case .removed(_, let id): present = present.filter { $0.key != id && $0.value.master != id }
      default: break
      }
    }
    return present
  }

  private mutating func put(_ events: [String: ModelEvent], _ key: CalendarKey) {
    for (id, event) in events {
      let row = Row(content: event, user: key.user, calendar: key.calendar, isDeleted: false)
      if rows[id] != row { touched.insert(id) }
      rows[id] = row
    }
  }

  private mutating func load(_ round: RoundRecord, filtered: Bool) {
    let records = waiting.removeValue(forKey: round.key) ?? []
    let slice = Slice(key: round.key, window: round.window)
    let present = present(records)
    let before = members[slice, default: []]
    let isWhole = filtered || counts(records) == round.counts
    var lost: Set<String> = []
    if isWhole {
      lost =
        round.mode == .full
        ? before.union(strangers(round)) : leavers(records, present, before)
      lost.subtract(present.keys)
      links[slice] = round.deltaLink ?? ""
    }
    put(present, round.key)
    members[slice] = before.union(present.keys).subtracting(lost)
    for id in lost where !members.values.contains(where: { $0.contains(id) }) {
      touched.insert(id)
      rows[id]?.isDeleted = true
    }
  }

  private func counts(_ records: [ModelRecord]) -> RoundRecord.Counts {
    var counts = RoundRecord.Counts()
    for record in records {
      switch record {
      case .event: counts.event += 1
      case .removed: counts.removed += 1
      case .series: counts.series += 1
      default: break
      }
    }
    return counts
  }

  /// Events of this calendar in no slice, wholly inside the window.
  private func strangers(_ round: RoundRecord) -> [String] {
    rows.filter { id, row in
      row.user == round.key.user && row.calendar == round.key.calendar && !row.isDeleted
        && row.content.start >= round.window.start && row.content.end <= round.window.end
        && !members.values.contains { $0.contains(id) }
    }.map(\.key)
  }

  private func leavers(
    _ records: [ModelRecord], _ present: [String: ModelEvent], _ before: Set<String>
  ) -> Set<String> {
    var left: Set<String> = []
    for record in records {
      switch record {
      case .removed(_, let id):
        left.formUnion(before.filter { $0 == id || rows[$0]?.content.master == id })
        // What came in this round and went again is gone, however it was known before.
        for case .event(_, let event) in records
        where event.master == id && present[event.id] == nil { left.insert(event.id) }
      case .series(_, let id):
        left.formUnion(before.filter { $0 == id || rows[$0]?.content.master == id })
      case .event(_, let event) where event.master == nil && present[event.id] == event:
        left.formUnion(before.filter { rows[$0]?.content.master == event.id })
      default: break
      }
    }
    return left.intersection(before)
  }
}
