/// Decides what follows a failed try; the caller does the waiting and sending.
///
/// The wait is what the server asks for, and never less than a floor that doubles with every failure in a row,
/// since some servers always ask for one second. Waits count against a budget, and so does the time that tries
/// took that failed; when it doesn't reach, the answer is to give up at once, not to wait in vain.
package struct RetryPolicy: Equatable, Sendable {
  package enum Step: Equatable, Sendable {
    case retry(afterSeconds: Double)
    case giveUp
  }

  /// What may be spent on waiting, and on tries that fail.
  package private(set) var budgetSeconds: Double
  package private(set) var failuresInARow = 0
  private let firstFloorSeconds: Double
  private let longestFloorSeconds: Double

  package init(
    budgetSeconds: Double, firstFloorSeconds: Double = 0.5, longestFloorSeconds: Double = 120
  ) {
    self.budgetSeconds = budgetSeconds
    self.firstFloorSeconds = firstFloorSeconds
    self.longestFloorSeconds = longestFloorSeconds
  }

  /// A whole answer came: the floor starts over, the budget stays spent.
  package mutating func succeed() { failuresInARow = 0 }

  /// Takes from the budget what a failed try took.
  package mutating func spend(_ seconds: Double) { budgetSeconds -= max(0, seconds) }

  /// What to do after a failure that came after `tookSeconds`; `jitter` is a random number from 0 to 1.
  package mutating func fail(
    askedSeconds: Double?, jitter: Double, tookSeconds: Double = 0
  ) -> Step {
    spend(tookSeconds)
    let doublings = Double(1 << min(failuresInARow, 20))
    failuresInARow += 1
    let floor = min(firstFloorSeconds * doublings, longestFloorSeconds) * (0.75 + jitter / 2)
    // Jitter on what a server asks for only ever adds: it is obeyed to the letter.
    let asked = (askedSeconds ?? 0) * (1 + jitter / 20)
    let wait = max(floor, asked)
    guard wait <= budgetSeconds else { return .giveUp }
    budgetSeconds -= wait
    return .retry(afterSeconds: wait)
  }
}
