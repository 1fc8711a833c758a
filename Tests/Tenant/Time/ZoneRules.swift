/// What a zone's clocks show: UTC offsets and when they change.
///
/// An implementation of its own, plain and slow, so that tests have something to compare with.
struct ZoneRules: Sendable {
  /// When the offset changes, in seconds since 1970, ascending.
  var changes: [(at: Int, offset: Int)]
  var firstOffset: Int

  init(fixedOffset: Int) {
    changes = []
    firstOffset = fixedOffset
  }

  init(changes: [(at: Int, offset: Int)], firstOffset: Int) {
    self.changes = changes
    self.firstOffset = firstOffset
  }

  /// Seconds ahead of UTC at an instant.
  func offset(at instant: Int) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? firstOffset : changes[low - 1].offset
  }

  /// The instant of a wall time, given as seconds since 1970 read as if it were UTC.
  ///
  /// Twice-shown times are the first ones; skipped ones are read with the offset from before the gap.
  func instant(ofWall wall: Int) -> Int {
    let before = offset(at: wall - 86_400)
    let after = offset(at: wall + 86_400)
    if before == after { return wall - before }
    if offset(at: wall - before) == before { return wall - before }
    return offset(at: wall - after) == after ? wall - after : wall - before
  }

  /// What the clock shows at an instant, as seconds since 1970 read as if it were UTC.
  func wall(at instant: Int) -> Int { instant + offset(at: instant) }

  func midnight(_ day: CivilDay) -> Int { instant(ofWall: day.midnight) }
}
