/// Switches in order of time, and the offsets between them.
struct SwitchTable: Sendable {
  /// The points in time of the switches, ascending.
  private var moments: [Int]
  /// One more than moments: `offsets[i]` holds before `moments[i]`.
  private var offsets: [Int32]
  /// Whether before the first switch the rule holds too.
  private(set) var startsWithRule = false
  /// The time that the table knows all about.
  private var scope = Int.min..<Int.max

  init(offsetBefore: Int) {
    moments = []
    offsets = [Int32(offsetBefore)]
  }

  /// What a rule does in some years.
  init(_ rule: PosixRule, years: ClosedRange<Int>) {
    let (before, switches) = rule.switches(in: years)
    self.init(offsetBefore: before)
    startsWithRule = true
    scope = Self.start(of: years.lowerBound + 1)..<Self.start(of: years.upperBound)
    for next in switches { append(next.seconds, offset: next.offset) }
  }

  private static func start(of year: Int) -> Int {
    CivilDate(uncheckedYear: year, 1, 1).dayNumber * 86400
  }

  /// Adds a switch after the last.
  mutating func append(_ seconds: Int, offset: Int) {
    moments.append(seconds)
    offsets.append(Int32(offset))
  }

  var count: Int { moments.count }
  var isEmpty: Bool { moments.isEmpty }
  var lastSeconds: Int? { moments.last }

  /// How many switches have happened at a point in time.
  func index(at seconds: Int) -> Int {
    firstIndex { moments[$0] > seconds }
  }

  /// How many switches lie wholly before a wall time: their gap or overlap is over.
  func index(wall seconds: Int) -> Int {
    firstIndex { wallEnd($0) > seconds }
  }

  func stretch(_ index: Int) -> Stretch {
    let start = index == 0 ? Int.min : moments[index - 1]
    let end = index == count ? Int.max : moments[index]
    let wallFirst = index == 0 ? Int.min : wallEnd(index - 1)
    let wallLast = index == count ? Int.max : wallStart(index)
    return Stretch(
      offset: Int(offsets[index]), seconds: within(scope, start, end),
      wall: within(scope, wallFirst, wallLast))
  }

  private func within(_ scope: Range<Int>, _ start: Int, _ end: Int) -> Range<Int> {
    let first = max(start, scope.lowerBound)
    return first..<max(first, min(end, scope.upperBound))
  }

  func resolve(wall seconds: Int, _ index: Int) -> WallResolution {
    let before = Int(offsets[index])
    guard index < count, seconds >= wallStart(index) else {
      return .once(before)
    }
    let after = Int(offsets[index + 1])
    return WallResolution(
      after > before ? .gap : .overlap, offset: before, otherOffset: after)
  }

  /// Where the gap or overlap of a switch begins on the wall.
  private func wallStart(_ index: Int) -> Int {
    moments[index] + Int(min(offsets[index], offsets[index + 1]))
  }

  /// Where it ends.
  private func wallEnd(_ index: Int) -> Int {
    moments[index] + Int(max(offsets[index], offsets[index + 1]))
  }

  /// The first index for which the condition holds, which then holds for all after it.
  private func firstIndex(where condition: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
