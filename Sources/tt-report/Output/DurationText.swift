/// How durations are written for people.
enum DurationUnit: String, CaseIterable, Sendable {
  case clock = "h:mm"
  case hours
  case minutes
}

/// Writes seconds in a unit.
struct DurationText: Sendable {
  let unit: DurationUnit
  /// Whether seconds are written too: when one of the durations of a report has some.
  let showsSeconds: Bool

  init(_ unit: DurationUnit, showsSeconds: Bool = false) {
    self.unit = unit
    self.showsSeconds = showsSeconds
  }

  /// `41:30`, `41.50` or `2490`.
  func callAsFunction(_ seconds: Int) -> String {
    switch unit {
    case .clock: clock(seconds)
    case .hours: decimal(seconds, per: 3600, places: 4, atLeast: 2)
    case .minutes: decimal(seconds, per: 60, places: 2)
    }
  }

  /// The heading of a column of durations.
  var title: String { unit == .minutes ? "Minutes" : "Hours" }

  private func clock(_ seconds: Int) -> String {
    // Without seconds, the nearest minute; halves go up.
    let size = showsSeconds ? abs(seconds) : (abs(seconds) + 30) / 60 * 60
    var text = "\(seconds < 0 ? "-" : "")\(size / 3600):\(padded(size / 60 % 60, 2))"
    if showsSeconds { text += ":\(padded(size % 60, 2))" }
    return text
  }
}

/// A quotient in decimal digits, halves rounded up, without zeros at its end but for `atLeast` places.
func decimal(_ value: Int, per divisor: Int, places: Int, atLeast: Int = 0) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  let scaled = (abs(value) * scale * 2 + divisor) / (divisor * 2)
  var text = "\(value < 0 && scaled > 0 ? "-" : "")\(scaled / scale)"
  var fraction = padded(scaled % scale, places)
  while fraction.count > atLeast, fraction.last == "0" { fraction.removeLast() }
  if !fraction.isEmpty { text += ".\(fraction)" }
  return text
}
