/// A date of the proleptic Gregorian calendar as days since 1970-01-01.
struct CivilDay: Hashable, Comparable, Sendable {
  var number: Int

  init(number: Int) { self.number = number }

  /// The day that holds an instant, read in UTC.
  init(at instant: Int) { number = floorDivide(instant, 86_400) }

  init(_ year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
  static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number + days) }
  static func - (left: CivilDay, right: CivilDay) -> Int { left.number - right.number }

  /// Seconds since 1970 at its midnight, read in UTC.
  var midnight: Int { number * 86_400 }

  /// 0 is Sunday.
  var weekday: Int { ((number + 4) % 7 + 7) % 7 }

  var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex + (monthIndex < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  /// `2026-11-23`.
  var text: String {
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

func daysInMonth(_ year: Int, _ month: Int) -> Int {
  let next = month == 12 ? CivilDay(year + 1, 1, 1) : CivilDay(year, month + 1, 1)
  return next - CivilDay(year, month, 1)
}

func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}

func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
