internal import CivilTime

/// Where the days of a period begin in one zone, and which hours they have.
struct ZoneDays: Sendable {
  /// The first instant of each day of the period, and of the day after it.
  private let starts: [Int]
  private let firstDay: Int
  private let startOfDay: @Sendable (Int) -> Int
  private let offset: @Sendable (Int) -> (seconds: Int, until: Int)

  /// - Parameters:
  ///   - startOfDay: the first instant of a day, by the day's number.
  ///   - offset: what an instant's local time is ahead of UTC, and the instant at which that ends.
  init(
    days: ClosedRange<Int>, startOfDay: @escaping @Sendable (Int) -> Int,
    offset: @escaping @Sendable (Int) -> (seconds: Int, until: Int)
  ) {
    firstDay = days.lowerBound
    starts = (days.lowerBound...days.upperBound + 1).map(startOfDay)
    self.startOfDay = startOfDay
    self.offset = offset
  }

  /// The first instant of the period, and the first after it.
  @inline(__always)
  var period: Range<Int> {
    unsafe Range(uncheckedBounds: (starts[0], starts[starts.count &- 1]))
  }

  /// The first instant of a day of the period, or of the day after the period.
  @inline(__always)
  func start(ofDay day: Int) -> Int { starts[day &- firstDay] }

  /// The first instant of a day that may lie outside the period.
  func start(ofAnyDay day: Int) -> Int { startOfDay(day) }

  /// The day of an instant that lies in the period.
  @inline(__always)
  func day(of instant: Int) -> Int {
    let guess = (instant &- starts[0]) / 86400
    var index = min(guess, starts.count &- 2)
    while instant < starts[index] { index &-= 1 }
    while instant >= starts[index &+ 1] { index &+= 1 }
    return firstDay &+ index
  }

  /// The date that the clocks show at an instant, in the period or not.
  func date(of instant: Int) -> Int { floorDivide(instant + offset(instant).seconds, 86400) }

  /// The hour on the clock at an instant, and the instant at which the clock shows another.
  func hour(of instant: Int) -> (hour: Int, until: Int) {
    let (ahead, until) = offset(instant)
    let secondOfDay = modulo(instant + ahead, 86400)
    let hourEnd = instant + 3600 - secondOfDay % 3600
    return (secondOfDay / 3600, min(hourEnd, until))
  }
}

private func modulo(_ value: Int, _ divisor: Int) -> Int {
  let rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}
