/// What an event's categories, or the rules, say about it; names are numbers of the `Catalog`.
///
/// Names stand once each, in order of their text: the order in which time that doesn't divide is handed out.
struct Labels: Hashable, Sendable {
  struct Share: Hashable, Sendable {
    var name: UInt32
    var weight = 1
  }

  var projects: [Share] = []
  var activities: [Share] = []
  var categories: [Share] = []
  /// 0 for yes, 1 for no, or `noName` where no rule says.
  var billable = noName
  /// Hundredths of the currency an hour, or `noName`.
  var rate = noName
}

/// The number that stands for "no project", "no activity" …: it sorts behind all names.
let noName = UInt32.max

extension [Labels.Share] {
  /// What each gets of some seconds by its weight; the seconds that are left go to the first ones, one each.
  func portions(of seconds: Int) -> [Int] {
    let total = reduce(0) { $0 + $1.weight }
    var portions = map { seconds * $0.weight / total }
    var rest = seconds - portions.reduce(0, +)
    var index = 0
    while rest > 0 {
      if self[index].weight > 0 {
        portions[index] += 1
        rest -= 1
      }
      index = (index + 1) % count
    }
    return portions
  }
}
