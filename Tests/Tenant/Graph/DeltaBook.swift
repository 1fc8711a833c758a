/// Rounds under way and the links that ended earlier ones.
struct DeltaBook: Sendable {
  /// Of each view only the newest few links are good.
  static let keptGenerations = 3
  static let keptRounds = 4

  struct Round: Sendable {
    let view: TrackedView
    let units: [DeltaUnit]
    let startsEmpty: Bool
    /// The preferences of the request that opened it.
    let mark: String
    /// The mailbox's change number up to which this round tells.
    let until: Int
    /// The link that its last page gave, so that asking again gives the same.
    var generation: Int?
  }

  private struct Generation: Sendable {
    let number: Int
    let until: Int
    let mark: String
  }

  private var views: [TrackedView] = []
  private var rounds: [Int: Round] = [:]
  private var roundsOfView: [TrackedView: [Int]] = [:]
  private var generations: [TrackedView: [Generation]] = [:]
  private var lastRound = 0
  private var turns = 0

  /// Starts a round and forgets the oldest of its view.
  mutating func open(_ round: Round) -> Int {
    lastRound += 1
    rounds[lastRound] = round
    var mine = roundsOfView[round.view, default: []] + [lastRound]
    if mine.count > Self.keptRounds { rounds[mine.removeFirst()] = nil }
    roundsOfView[round.view] = mine
    if !views.contains(round.view) { views.append(round.view) }
    return lastRound
  }

  func round(_ number: Int) -> Round? { rounds[number] }

  /// The round has been told whole: its link, which makes the oldest one useless.
  mutating func close(_ number: Int) -> DeltaToken? {
    guard var round = rounds[number], let view = views.firstIndex(of: round.view) else {
      return nil
    }
    var kept = generations[round.view] ?? []
    if round.generation == nil {
      let next = (kept.last?.number ?? 0) + 1
      kept = (kept + [Generation(number: next, until: round.until, mark: round.mark)]).suffix(
        Self.keptGenerations)
      generations[round.view] = kept
      round.generation = next
      rounds[number] = round
    }
    return .since(view: view, generation: round.generation ?? 0)
  }

  /// The view of a link and the change number it stands for; no number when it is too old.
  func resolve(view index: Int, generation: Int) -> Place? {
    guard views.indices.contains(index) else { return nil }
    let view = views[index]
    let known = generations[view]?.first { $0.number == generation }
    return Place(view: view, since: known?.until, mark: known?.mark)
  }

  /// Where a link goes on.
  struct Place: Sendable {
    let view: TrackedView
    let since: Int?
    let mark: String?
  }

  /// Makes every link too old.
  mutating func forgetGenerations() { generations = [:] }

  /// Counts answers that may differ from one time to the next.
  mutating func nextTurn() -> Int {
    turns += 1
    return turns
  }
}

/// What stands in `$skiptoken` and `$deltatoken`, in a form that nobody is meant to read.
enum DeltaToken: Sendable {
  case page(round: Int, unit: Int)
  case since(view: Int, generation: Int)

  var text: String {
    let numbers =
      switch self {
      case .page(let round, let unit): ("p", round, unit)
      case .since(let view, let generation): ("d", view, generation)
      }
    let plain = "\(numbers.0).\(numbers.1).\(numbers.2)."
    var filler = SeededRandom(mixed(plain))
    let tail = (0..<12).map { _ in hex(filler.next(), digits: 16) }.joined()
    return "R0us" + base64URL(Array((plain + tail).utf8))
  }

  init?(_ text: String) {
    guard text.hasPrefix("R0us"), let bytes = base64Decoded(text.dropFirst(4)) else { return nil }
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".")
    guard parts.count == 4, let first = Int(parts[1]), let second = Int(parts[2]) else {
      return nil
    }
    switch parts[0] {
    case "p": self = .page(round: first, unit: second)
    case "d": self = .since(view: first, generation: second)
    default: return nil
    }
    // A token that somebody cut or changed is none.
    guard self.text == text else { return nil }
  }
}
