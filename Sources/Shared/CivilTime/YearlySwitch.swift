/// A switch of the clock that comes every year on the same kind of day.
package struct YearlySwitch: Hashable, Sendable {
  package enum Day: Hashable, Sendable {
    /// 1 to 365, the leap day not counted.
    case ofYearWithoutLeapDay(Int)
    /// 0 to 365, the leap day counted.
    case ofYear(Int)
    /// A weekday (0 is Sunday) of a month, by its place in it from 1; 5 is the last.
    case weekday(Int, place: Int, month: Int)
  }

  package let day: Day
  /// Seconds after midnight by the clock before the switch; may be negative or more than a day.
  package let secondOfDay: Int

  package init(_ day: Day, secondOfDay: Int) {
    self.day = day
    self.secondOfDay = secondOfDay
  }

  /// When it comes in a year, as seconds of the wall time before the switch.
  func wallSeconds(in year: Int) -> Int { dayNumber(in: year) * 86400 + secondOfDay }

  private func dayNumber(in year: Int) -> Int {
    let newYear = CivilDate(uncheckedYear: year, 1, 1).dayNumber
    switch day {
    case .ofYear(let day): return newYear + day
    case .ofYearWithoutLeapDay(let day):
      return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
    case .weekday(let weekday, let place, let month):
      let first = CivilDate(uncheckedYear: year, month, 1).dayNumber
      let toWeekday = (weekday - CivilDate.weekday(dayNumber: first) + 7) % 7
      let wanted = toWeekday + 7 * (place - 1)
      let length = CivilDate.days(inMonth: month, of: year)
      return first + (wanted < length ? wanted : wanted - 7)
    }
  }
}
