/// What a round comes to once later records have overruled earlier ones; positions in its entries, ascending.
struct RoundContent: Equatable {
  /// Events that are there at the end.
  var present: [Int] = []
  /// Ids that are gone, or whose whole series is.
  var removed: [Int] = []
  /// Series whose occurrences among `present` are all they have.
  var series: [Int] = []
  /// Those of `present` that are no occurrences.
  var singles: [Int] = []

  /// Entries by whose ids events are gone from a slice that are not among `present`: the event of that id, and the
  /// occurrences of that series.
  ///
  /// An appointment that becomes a series, or a series that becomes one appointment, keeps its id: a series is never
  /// an event, and an event that came by itself has no occurrences.
  var leaving: [Int] { removed + series + singles }

  /// Of several records about an id the last one counts.
  ///
  /// A removed master takes the occurrences with it that came before.
  init(_ entries: [PendingRound.Entry]) {
    var last: [Hash128: Int] = [:]
    last.reserveCapacity(entries.count)
    var removals: [Hash128: Int] = [:]
    for (position, entry) in entries.enumerated() where entry.operation != .series {
      last[entry.id] = position
      if entry.operation == .removed { removals[entry.id] = position }
    }
    for (position, entry) in entries.enumerated() {
      switch entry.operation {
      case .event:
        guard last[entry.id] == position else { continue }
        let removal = removals.isEmpty ? nil : removals[entry.master]
        guard (removal ?? -1) < position else {
          removed.append(position)
          continue
        }
        present.append(position)
        if entry.master == .none { singles.append(position) }
      case .removed:
        // Also when the id came again as an event: the occurrences it had are gone all the same.
        if removals[entry.id] == position { removed.append(position) }
      case .series: series.append(position)
      }
    }
  }
}
