/// A date of the Gregorian calendar, which is taken to have been in force always.
@usableFromInline
package struct CivilDate: Hashable, Sendable {
  @usableFromInline package let year: Int
  /// 1 to 12.
  @usableFromInline package let month: Int
  /// 1 to 31.
  @usableFromInline package let day: Int

  /// The date, or nil where the calendar hasn't got it.
  ///
  /// Years go from 1 to 9999.
  @inlinable
  package init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1,
      day <= 28 || day <= CivilDate.days(inMonth: month, of: year)
    else { return nil }
    self.init(uncheckedYear: year, month, day)
  }

  @usableFromInline
  init(uncheckedYear year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date so many days after 1970-01-01 (before it, when negative).
  @inlinable
  package init(dayNumber: Int) {
    if let small = UInt32(exactly: dayNumber + Self.daysBefore1970), small < 1 << 28 {
      self.init(daysSinceStart: small)
      return
    }
    // Years begin in March here, so that the leap day is a year's last; 146,097 days are 400 years.
    let shifted = dayNumber + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Days from 0000-03-01 to 1970-01-01.
  @usableFromInline
  static let daysBefore1970 = 719_468

  /// The date so many days after 0000-03-01, by multiplications instead of divisions (Neri and Schneider,
  /// "Euclidean affine functions and their application to calendar algorithms", 2022).
  @usableFromInline
  init(daysSinceStart days: UInt32) {
    let quarters = 4 * days + 3
    let century = quarters / 146_097
    let quartersOfCentury = quarters % 146_097 | 3
    let product = 2_939_745 * UInt64(quartersOfCentury)
    let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let monthAndDay = 2141 * dayOfYear + 197_913
    let isNextYear = dayOfYear >= 306
    let month = monthAndDay >> 16
    self.init(
      uncheckedYear: Int(100 * century + yearOfCentury + (isNextYear ? 1 : 0)),
      Int(isNextYear ? month - 12 : month), Int((monthAndDay & 0xFFFF) / 2141 + 1))
  }

  /// Days since 1970-01-01, negative before.
  @inlinable
  package var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let century = floorDivide(shiftedYear, 100)
    let leapDays = shiftedYear >> 2 - century + century >> 2
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return shiftedYear * 365 + leapDays + dayOfYear - Self.daysBefore1970
  }

  @inlinable
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  @inlinable
  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: Comparable {
  @usableFromInline
  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDate {
  /// 0 for Sunday to 6 for Saturday.
  package var weekday: Int { CivilDate.weekday(dayNumber: dayNumber) }

  /// The same of a day number: 1970-01-01 was a Thursday.
  package static func weekday(dayNumber: Int) -> Int {
    let shifted = dayNumber + 4
    return shifted - floorDivide(shifted, 7) * 7
  }
}
