/// How long somebody was busy with at least one entry: the union of a person's entries.
///
/// Eight bytes an entry, so that a million of them stay small.
struct WorkedTime: Sendable {
  /// 25 bits hold a year's length, the other 39 all instants of the years 1 to 9999.
  private static let lengthBits: UInt64 = 25
  private static let lengthLimit = 1 << 25 - 1
  private static let shift = 1 << 36

  /// Per person, stretches as start and length in one number, which orders by start.
  private var stretches: [[UInt64]] = []
  /// Time that has no place on the clock.
  private(set) var placeless = 0

  mutating func add(seconds: Int) { placeless += seconds }

  @inline(__always)
  mutating func add(_ stretch: Range<Int>, person: Int) {
    while stretches.count <= person { stretches.append([]) }
    var start = stretch.lowerBound
    repeat {
      let length = min(stretch.upperBound &- start, Self.lengthLimit)
      stretches[person].append(
        UInt64(truncatingIfNeeded: start &+ Self.shift) &<< Self.lengthBits
          | UInt64(truncatingIfNeeded: length))
      start &+= length
    } while start < stretch.upperBound
  }

  /// The sum over all persons.
  consuming func seconds() -> Int {
    var total = placeless
    for index in stretches.indices { total += Self.union(&stretches[index]) }
    return total
  }

  private static func union(_ stretches: inout [UInt64]) -> Int {
    stretches.sort()
    var total = 0
    var covered = 0
    for stretch in stretches {
      let start = Int(stretch >> lengthBits)
      let end = start + Int(stretch & UInt64(lengthLimit))
      total += max(0, end - max(start, covered))
      covered = max(covered, end)
    }
    return total
  }
}
