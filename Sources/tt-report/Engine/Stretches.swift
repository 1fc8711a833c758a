/// Time as stretches that neither touch nor overlap, in order.
struct Stretches: Equatable, Sendable {
  private(set) var ranges: [Range<Int>] = []

  /// The union of any ranges.
  init(_ ranges: some Sequence<Range<Int>>) {
    for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  var seconds: Int { ranges.reduce(0) { $0 + $1.count } }

  /// What lies in one range too.
  func clamped(to range: Range<Int>) -> Stretches {
    // The first that ends behind the range's start, by halves: a person's year has thousands.
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return Stretches(
      ranges[low...].prefix { $0.lowerBound < range.upperBound }.map { $0.clamped(to: range) })
  }

  /// What lies in these and not in the others.
  func subtracting(_ other: Stretches) -> Stretches {
    var rest: [Range<Int>] = []
    for range in ranges {
      var start = range.lowerBound
      for taken in other.clamped(to: range).ranges {
        rest.append(start..<taken.lowerBound)
        start = taken.upperBound
      }
      rest.append(start..<range.upperBound)
    }
    return Stretches(rest)
  }
}
