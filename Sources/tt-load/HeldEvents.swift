/// The events that a slice holds, by the hash of their content: what a full round brings as it is already needs no
/// further look at the tables.
struct HeldEvents {
  /// All keys, ascending.
  private(set) var keys: [Int] = []
  private var byContent: [Int: Int] = [:]

  /// Adds an event, keys ascending; `content` is nil where the row isn't to be taken for unchanged.
  mutating func add(key: Int, content: Int?) {
    keys.append(key)
    if let content { byContent[content] = key }
  }

  /// Parts a round's events into those that are held as they are and those to be looked for.
  func sift(_ round: RoundToWrite) -> Sifted {
    var result = Sifted()
    for position in round.content.present {
      if let key = byContent[round.pending.entries[position].content] {
        result.same.append(key)
      } else {
        result.rest.append(position)
      }
    }
    result.same.sort()
    return result
  }

  struct Sifted: Equatable {
    /// Keys of events that are as their rows say, ascending.
    var same: [Int] = []
    /// Positions of the other events in the round.
    var rest: [Int] = []
  }

  /// The keys that are not among `others`, which are ascending too.
  func keys(without others: [Int]) -> [Int] {
    var next = 0
    return keys.filter { key in
      while next < others.count, others[next] < key { next += 1 }
      return next == others.count || others[next] != key
    }
  }
}
