/// A zone's rules with a memory: times near the last one cost two comparisons.
@usableFromInline
package struct LocalClock: Sendable {
  @usableFromInline package let rules: ZoneRules
  @usableFromInline var last: Stretch

  package init(_ rules: ZoneRules) {
    self.rules = rules
    last = rules.stretch(at: 0)
  }

  /// Seconds ahead of UTC at a point in time.
  @inlinable
  package mutating func offset(at seconds: Int) -> Int {
    if !last.seconds.contains(seconds) { last = rules.stretch(at: seconds) }
    return last.offset
  }

  /// The point in time, or the two, for a wall time.
  @inlinable
  package mutating func resolve(wall seconds: Int) -> WallResolution {
    if last.wall.contains(seconds) {
      return .once(last.offset)
    }
    let resolution = rules.resolve(wall: seconds)
    // Wrapping: at the ends of time any stretch will do, since what is remembered is always true.
    last = rules.stretch(at: seconds &- resolution.offset)
    return resolution
  }
}
