/// What became of every entry of the period: shown, or left out for one reason.
///
/// Entries and seconds always add up to what the period holds.
struct Ledger: Equatable, Sendable {
  struct Amount: Equatable, Sendable {
    var entries = 0
    var seconds = 0

    @inline(__always)
    mutating func add(_ seconds: Int) {
      entries &+= 1
      self.seconds &+= seconds
    }
  }

  enum Reason: Int, CaseIterable, Sendable {
    case seriesMaster, cancelled, declined, allDay
    /// Its `showAs` doesn't count; each value has its own line.
    case showAs
    case noProject
    /// Time that another entry of the same person got.
    case overlap

    var name: String { "\(self)" }
  }

  struct Line: Equatable, Sendable {
    var reason: Reason
    /// The reason's name; for `showAs`, the value.
    var name: String
    var amount: Amount
  }

  var shown = Amount()
  /// What was left out, in the order in which the reasons are asked for.
  var leftOut: [Line] = []

  /// Everything that the period holds.
  var period: Amount {
    leftOut.reduce(shown) { sum, line in
      Amount(
        entries: sum.entries + line.amount.entries, seconds: sum.seconds + line.amount.seconds)
    }
  }
}

/// The ledger while entries come.
struct LedgerCounter: Sendable {
  private(set) var shown = Ledger.Amount()
  private var byReason = [Ledger.Amount](
    repeating: Ledger.Amount(), count: Ledger.Reason.allCases.count)
  private var byShowAs: [Ledger.Amount] = []

  @inline(__always)
  mutating func show(_ seconds: Int) { shown.add(seconds) }

  mutating func leaveOut(_ reason: Ledger.Reason, seconds: Int) {
    byReason[reason.rawValue].add(seconds)
  }

  mutating func leaveOut(showAs value: Int, seconds: Int) {
    while byShowAs.count <= value { byShowAs.append(Ledger.Amount()) }
    byShowAs[value].add(seconds)
  }

  /// Notes time that an entry lost to another; one that lost all of it isn't shown.
  mutating func lose(seconds: Int, ofEntry isWhole: Bool) {
    byReason[Ledger.Reason.overlap.rawValue].seconds += seconds
    if isWhole { byReason[Ledger.Reason.overlap.rawValue].entries += 1 }
  }

  func ledger(showAsNames: [String]) -> Ledger {
    var ledger = Ledger(shown: shown)
    for reason in Ledger.Reason.allCases {
      if reason == .showAs {
        ledger.leftOut += showAsLines(showAsNames)
      } else if byReason[reason.rawValue] != Ledger.Amount() {
        ledger.leftOut.append(
          .init(reason: reason, name: reason.name, amount: byReason[reason.rawValue]))
      }
    }
    return ledger
  }

  private func showAsLines(_ names: [String]) -> [Ledger.Line] {
    zip(names, byShowAs).filter { $0.1 != Ledger.Amount() }
      .sorted { precedes($0.0, $1.0) }
      .map { .init(reason: .showAs, name: $0.0, amount: $0.1) }
  }
}

/// Order of code points, which is that of their bytes in UTF-8: the same on every machine, whatever its language.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
