/// Rounding to a unit, as its own stage: the exact seconds stay beside what it makes of them.
struct Rounding: Equatable, Sendable {
  enum Mode: String, CaseIterable, Sendable { case nearest, up, down }
  enum Place: String, CaseIterable, Sendable { case entry, row, total }

  var unitSeconds: Int
  var mode = Mode.nearest
  var place = Place.entry

  /// The seconds as a multiple of the unit; halves go up.
  func rounded(_ seconds: Int) -> Int {
    let rest = seconds % unitSeconds
    let down = seconds - rest
    switch mode {
    case .down: return down
    case .up: return rest == 0 ? down : down + unitSeconds
    case .nearest: return rest * 2 >= unitSeconds ? down + unitSeconds : down
    }
  }
}
