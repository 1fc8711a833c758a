import CivilTime
import NDJSON

extension OutputBuffer {
  /// The minutes between two instants: whole where they are, else with at most four decimals.
  @inline(__always)
  mutating func append(minutesFrom start: Instant, to end: Instant) {
    let seconds = end.seconds - start.seconds
    let nanoseconds = end.nanoseconds - start.nanoseconds
    if nanoseconds == 0, seconds % 60 == 0 { return append(integer: seconds / 60) }
    append(tenThousandths: tenThousandths(seconds, nanoseconds))
  }

  /// Rounded, half up; seconds and nanoseconds apart, since together they don't fit for ages.
  private func tenThousandths(_ seconds: Int, _ nanoseconds: Int) -> Int {
    let rest = seconds % 60 * 1_000_000_000 + nanoseconds
    return seconds / 60 * 10_000 + floorDivide(rest + 3_000_000, 6_000_000)
  }

  private mutating func append(tenThousandths value: Int) {
    append(integer: value / 10_000)
    var digits = value % 10_000
    guard digits > 0 else { return }
    append(UInt8(ascii: "."))
    var unit = 1000
    while digits > 0 {
      append(UInt8(truncatingIfNeeded: digits / unit) + UInt8(ascii: "0"))
      digits %= unit
      unit /= 10
    }
  }
}
