/// Divides the time that several entries of one person claim, so that no second counts twice.
struct Overlap {
  /// One claim on time, inside the period.
  struct Claim {
    /// When the event itself began, which may be before the period.
    var start: Int
    var id: [UInt8]
    var clipped: Range<Int>
    var zone: Int32
  }

  /// Time that one claim got.
  struct Award: Equatable {
    var stretch: Range<Int>
    var seconds: Int
  }

  let policy: HoursPlan.Overlap
  /// Where stretches of `share` end besides the borders of claims: days, or hours.
  let cutter: Cutter
  let zones: [ZoneDays]

  /// For each claim what it gets, in order of time.
  func awards(_ claims: [Claim]) -> [[Award]] {
    var awards = [[Award]](repeating: [], count: claims.count)
    let order = claims.indices.sorted { isBefore(claims[$0], claims[$1]) }
    let marks = marks(claims, order)
    var running: [Int] = []
    for (index, mark) in marks.enumerated() {
      for rank in mark.ending {
        if let place = running.firstIndex(of: rank) { running.remove(at: place) }
      }
      for rank in mark.beginning {
        running.insert(rank, at: running.firstIndex { $0 > rank } ?? running.count)
      }
      guard !running.isEmpty, index + 1 < marks.count else { continue }
      let stretch = mark.instant..<marks[index + 1].instant
      divide(stretch, among: running) { rank, seconds in
        append(Award(stretch: stretch, seconds: seconds), to: &awards[order[rank]])
      }
    }
    return awards
  }

  private func isBefore(_ left: Claim, _ right: Claim) -> Bool {
    if left.start != right.start { return left.start < right.start }
    return left.id.lexicographicallyPrecedes(right.id)
  }

  private func divide(
    _ stretch: Range<Int>, among running: [Int], _ give: (Int, Int) -> Void
  ) {
    let length = stretch.count
    guard policy == .share else { return give(running[0], length) }
    let (each, rest) = length.quotientAndRemainder(dividingBy: running.count)
    for (index, rank) in running.enumerated() {
      let seconds = index < rest ? each + 1 : each
      if seconds > 0 { give(rank, seconds) }
    }
  }

  /// Stretches of `once` that touch become one again; they are cut at borders later.
  private func append(_ award: Award, to list: inout [Award]) {
    if policy == .once, let last = list.last, last.stretch.upperBound == award.stretch.lowerBound {
      list[list.count - 1] = Award(
        stretch: last.stretch.lowerBound..<award.stretch.upperBound,
        seconds: last.seconds + award.seconds)
    } else {
      list.append(award)
    }
  }
}

extension Overlap {
  /// An instant at which who claims time changes, or at which a stretch ends for another reason.
  private struct Mark {
    var instant: Int
    var ending: [Int] = []
    var beginning: [Int] = []
  }

  private func marks(_ claims: [Claim], _ order: [Int]) -> [Mark] {
    var events: [(instant: Int, kind: Int, rank: Int)] = []
    for (rank, index) in order.enumerated() where !claims[index].clipped.isEmpty {
      let claim = claims[index]
      events.append((claim.clipped.lowerBound, 1, rank))
      events.append((claim.clipped.upperBound, 0, rank))
      if policy == .share { events += borders(claim).map { ($0, 2, rank) } }
    }
    events.sort { ($0.instant, $0.kind, $0.rank) < ($1.instant, $1.kind, $1.rank) }
    var marks: [Mark] = []
    for event in events {
      if marks.last?.instant != event.instant { marks.append(Mark(instant: event.instant)) }
      switch event.kind {
      case 0: marks[marks.count - 1].ending.append(event.rank)
      case 1: marks[marks.count - 1].beginning.append(event.rank)
      default: break
      }
    }
    return marks
  }

  private func borders(_ claim: Claim) -> [Int] {
    let zone = zones[Int(claim.zone)]
    var borders: [Int] = []
    var place = cutter.cell(at: claim.clipped.lowerBound, in: zone).end
    while place < claim.clipped.upperBound {
      borders.append(place)
      place = cutter.cell(at: place, in: zone).end
    }
    return borders
  }
}
