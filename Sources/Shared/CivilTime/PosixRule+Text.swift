extension PosixRule {
  /// Reads a rule as POSIX writes it in `TZ`; nil when it isn't one.
  package init?(_ text: String) {
    var reader = PosixRuleReader(Array(text.utf8))
    guard let rule = reader.rule() else { return nil }
    self = rule
  }
}

/// Steps through the text of a rule.
private struct PosixRuleReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func rule() -> PosixRule? {
    guard skipName(), let standard = time(hourLimit: 24) else { return nil }
    guard next != nil else { return PosixRule(standardOffset: -standard) }
    guard skipName() else { return nil }
    var offset = 3600 - standard
    if next != UInt8(ascii: ",") {
      guard let daylight = time(hourLimit: 24) else { return nil }
      offset = -daylight
    }
    guard let from = yearlySwitch(), let to = yearlySwitch(), next == nil else { return nil }
    let daylight = PosixRule.Daylight(offset: offset, from: from, to: to)
    return PosixRule(standardOffset: -standard, daylight: daylight)
  }

  /// `CEST` or `<+03>`: at least three characters.
  private mutating func skipName() -> Bool {
    let isQuoted = take(UInt8(ascii: "<"))
    let start = offset
    while let byte = next, isLetter(byte) || isQuoted && (isDigit(byte) || isSign(byte)) {
      offset += 1
    }
    let length = offset - start
    return length >= 3 && (!isQuoted || take(UInt8(ascii: ">")))
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private mutating func time(hourLimit: Int) -> Int? {
    let isNegative = next == UInt8(ascii: "-")
    if let byte = next, isSign(byte) { offset += 1 }
    guard let hours = number(upTo: hourLimit) else { return nil }
    var seconds = hours * 3600
    if take(UInt8(ascii: ":")) {
      guard let minutes = number(upTo: 59) else { return nil }
      seconds += minutes * 60
      if take(UInt8(ascii: ":")) {
        guard let rest = number(upTo: 59) else { return nil }
        seconds += rest
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// `,M3.5.0/2`, `,J60`, `,59/-3`.
  private mutating func yearlySwitch() -> YearlySwitch? {
    guard take(UInt8(ascii: ",")), let day = day() else { return nil }
    guard take(UInt8(ascii: "/")) else { return YearlySwitch(day, secondOfDay: 7200) }
    guard let seconds = time(hourLimit: 167) else { return nil }
    return YearlySwitch(day, secondOfDay: seconds)
  }

  private mutating func day() -> YearlySwitch.Day? {
    if take(UInt8(ascii: "J")) {
      guard let day = number(upTo: 365), day >= 1 else { return nil }
      return .ofYearWithoutLeapDay(day)
    }
    guard take(UInt8(ascii: "M")) else { return number(upTo: 365).map { .ofYear($0) } }
    guard let month = number(upTo: 12), month >= 1, take(UInt8(ascii: ".")),
      let place = number(upTo: 5), place >= 1, take(UInt8(ascii: ".")),
      let weekday = number(upTo: 6)
    else { return nil }
    return .weekday(weekday, place: place, month: month)
  }

  private mutating func number(upTo limit: Int) -> Int? {
    let start = offset
    var value = 0
    while let byte = next, isDigit(byte), offset - start < 3 {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      offset += 1
    }
    return offset > start && value <= limit ? value : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }
}
