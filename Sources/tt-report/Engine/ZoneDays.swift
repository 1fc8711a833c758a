internal import CivilTime

/// Where the days of a period begin in one zone, and which hours they have.
final class ZoneDays: Sendable {
  /// The first instant of each day of the period, and of the day after it.
  private let starts: [Int]
  private let firstDay: Int
  let rules: ZoneRules

  /// Days begin when the clocks first show their date.
  init(days: ClosedRange<Int>, rules: ZoneRules) {
    firstDay = days.lowerBound
    starts = (days.lowerBound...days.upperBound + 1).map(rules.startOfDay)
    self.rules = rules
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
  func start(ofAnyDay day: Int) -> Int { rules.startOfDay(day) }

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
  func date(of instant: Int) -> Int { floorDivide(instant + rules.offset(at: instant), 86400) }

  /// The hour on the clock at an instant, and the instant at which the clock shows another.
  func hour(of instant: Int) -> (hour: Int, until: Int) {
    let stretch = rules.stretch(at: instant)
    let secondOfDay = modulo(instant + stretch.offset, 86400)
    let hourEnd = instant + 3600 - secondOfDay % 3600
    return (secondOfDay / 3600, min(hourEnd, stretch.seconds.upperBound))
  }
}

private func modulo(_ value: Int, _ divisor: Int) -> Int {
  let rest = value % divisor
  return rest < 0 ? rest + divisor : rest
}

extension ZoneRules {
  /// The first instant of a day.
  ///
  /// Midnight itself where the clocks show it; where a switch leaves it out, the instant of the switch.
  func startOfDay(_ day: Int) -> Int {
    let midnight = day * 86400
    let resolution = resolve(wall: midnight)
    let instant = midnight - resolution.offset
    return resolution.kind == .gap ? stretch(at: instant).seconds.lowerBound : instant
  }
}
