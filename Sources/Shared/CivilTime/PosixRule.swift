/// The rule of a zone for all the years that come: its standard time and, where it has one, summer time.
///
/// What POSIX writes as `CET-1CEST,M3.5.0,M10.5.0/3`, with the extensions of RFC 9636, 3.3.2.
package struct PosixRule: Hashable, Sendable {
  package struct Daylight: Hashable, Sendable {
    /// Seconds ahead of UTC while it lasts.
    package let offset: Int
    package let from: YearlySwitch
    package let to: YearlySwitch

    package init(offset: Int, from: YearlySwitch, to: YearlySwitch) {
      self.offset = offset
      self.from = from
      self.to = to
    }
  }

  /// Seconds ahead of UTC outside summer time.
  package let standardOffset: Int
  package let daylight: Daylight?

  package init(standardOffset: Int, daylight: Daylight? = nil) {
    self.standardOffset = standardOffset
    self.daylight = daylight
  }

  /// The switches of some years in order of time, each with the offset that holds after it, and the offset that
  /// holds before them.
  func switches(
    in years: ClosedRange<Int>
  ) -> (offsetBefore: Int, switches: [(seconds: Int, offset: Int)]) {
    guard let daylight else { return (standardOffset, []) }
    var all: [(seconds: Int, offset: Int)] = []
    all.reserveCapacity(years.count * 2)
    for year in years {
      let start = (daylight.from.wallSeconds(in: year) - standardOffset, daylight.offset)
      let end = (daylight.to.wallSeconds(in: year) - daylight.offset, standardOffset)
      all += start.0 <= end.0 ? [start, end] : [end, start]
    }
    let before = all.first?.offset == standardOffset ? daylight.offset : standardOffset
    return (before, inOrder(all, after: before))
  }

  /// Summer time that never ends is written as ending when it begins again: such a pair is no switch, nor is
  /// one that ends when it begins.
  private func inOrder(
    _ switches: [(seconds: Int, offset: Int)], after before: Int
  ) -> [(seconds: Int, offset: Int)] {
    var result: [(seconds: Int, offset: Int)] = []
    for next in switches {
      while let last = result.last, last.seconds >= next.seconds { result.removeLast() }
      if (result.last?.offset ?? before) != next.offset { result.append(next) }
    }
    return result
  }
}
