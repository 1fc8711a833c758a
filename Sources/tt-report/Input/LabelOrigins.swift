/// Where labels come from: a list of categories, and the rule that matched.
struct LabelOrigins: Sendable {
  struct Origin: Hashable, Sendable {
    var list: Int
    var rule: Int?
  }

  private(set) var numbers: [Origin] = []
  /// The numbers of lists that no rule matched, by list; -1 for those that have none yet.
  private var withoutRule: [Int32] = []
  private var withRule: [Origin: Int32] = [:]

  @inline(__always)
  mutating func number(_ list: Int, rule: Int?) -> Int32 {
    guard rule == nil, list < withoutRule.count, withoutRule[list] >= 0 else {
      return rareNumber(Origin(list: list, rule: rule))
    }
    return withoutRule[list]
  }

  @inline(never)
  private mutating func rareNumber(_ origin: Origin) -> Int32 {
    if let number = withRule[origin] { return number }
    let number = Int32(numbers.count)
    numbers.append(origin)
    guard origin.rule == nil else {
      withRule[origin] = number
      return number
    }
    while withoutRule.count <= origin.list { withoutRule.append(-1) }
    withoutRule[origin.list] = number
    return number
  }
}
