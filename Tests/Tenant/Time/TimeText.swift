/// `2026-03-29T07:00:00` for seconds since 1970, whatever zone they were shifted to.
func dateTimeText(_ seconds: Int) -> String {
  let day = CivilDay(at: seconds)
  let second = seconds - day.midnight
  return
    "\(day.text)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
}

/// `Mon, 23 Nov 2026 12:00:00 GMT`.
func httpDate(_ seconds: Int) -> String {
  let day = CivilDay(at: seconds)
  let (year, month, date) = day.parts
  let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][day.weekday]
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  let clock = dateTimeText(seconds).dropFirst(11)
  return "\(weekday), \(padded(date, 2)) \(months[month - 1]) \(year) \(clock) GMT"
}

/// Reads `2026-01-01`, `2026-01-01T00:00:00`, with fraction, `Z` or `+01:00`; no offset means UTC.
func instant(from text: String) -> Int? {
  let parts = text.split(separator: "T", omittingEmptySubsequences: false)
  guard let day = parts.first.flatMap({ civilDay(from: $0) }), parts.count <= 2 else { return nil }
  guard parts.count == 2 else { return day.midnight }
  let clock = parts[1].prefix { $0.isNumber || $0 == ":" || $0 == "." }
  let fields = clock.split(separator: ":").map { Int($0.prefix { $0 != "." }) }
  guard (2...3).contains(fields.count), let hour = fields[0], let minute = fields[1],
    let offset = offsetSeconds(parts[1].dropFirst(clock.count))
  else { return nil }
  let second = fields.count == 3 ? fields[2] ?? 0 : 0
  return day.midnight + hour * 3600 + minute * 60 + second - offset
}

private func offsetSeconds(_ text: Substring) -> Int? {
  if text.isEmpty || text == "Z" || text == "z" { return 0 }
  let fields = text.dropFirst().split(separator: ":").map { Int($0) }
  guard fields.count == 2, let hours = fields[0], let minutes = fields[1] else { return nil }
  return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
}

func civilDay(from text: some StringProtocol) -> CivilDay? {
  let fields = text.split(separator: "-").map { Int($0) }
  guard fields.count == 3, let year = fields[0], let month = fields[1], let day = fields[2],
    (1...12).contains(month), (1...daysInMonth(year, month)).contains(day)
  else { return nil }
  return CivilDay(year, month, day)
}
