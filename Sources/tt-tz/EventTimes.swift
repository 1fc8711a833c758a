import CivilTime
import Records

/// When an event really is.
struct EventTimes: Equatable {
  var start: Instant
  var end: Instant
  /// Whether a switch of the clocks left a border's wall time out.
  var hasGap = false
  /// Whether a border's wall time came twice.
  var hasOverlap = false

  /// The times between two dates in a zone: days are as long as they really are.
  init(
    allDayFrom start: WallTime, to end: WallTime, _ zone: ZoneShelf.Place, _ shelf: inout ZoneShelf
  )
    throws(RecordFault)
  {
    let first = WallTime(seconds: start.dayNumber * 86400)
    let last = WallTime(seconds: end.dayNumber * 86400)
    guard first <= last else { throw Self.reversed }
    self.start = first.instant(offset: shelf.resolve(zone, wall: first.seconds).offset)
    self.end = last.instant(offset: shelf.resolve(zone, wall: last.seconds).offset)
    try checkYears()
  }

  /// The times between two wall times, each in its zone.
  init(
    from start: WallTime, _ startZone: ZoneShelf.Place, to end: WallTime,
    _ endZone: ZoneShelf.Place, _ shelf: inout ZoneShelf
  ) throws(RecordFault) {
    let first = shelf.resolve(startZone, wall: start.seconds)
    let last = shelf.resolve(endZone, wall: end.seconds)
    self.start = start.instant(offset: first.offset)
    self.end = end.instant(offset: last.offset)
    hasGap = first.kind == .gap || last.kind == .gap
    hasOverlap = first.kind == .overlap || last.kind == .overlap
    if self.end < self.start {
      // Clocks that were set back may show an earlier time at the end; otherwise the input is wrong.
      let mayBeReversed = startZone != endZone || first.kind == .overlap && last.kind == .overlap
      guard start <= end || mayBeReversed,
        end.instant(offset: min(last.offset, last.otherOffset))
          >= start.instant(offset: max(first.offset, first.otherOffset))
      else { throw Self.reversed }
      self.end = self.start
    }
    try checkYears()
  }

  static let outOfYears = RecordFault("the event lies outside the years 0001 to 9999")
  private static let reversed = RecordFault("\"end\" is before \"start\"")

  private func checkYears() throws(RecordFault) {
    guard Instant.textRange.contains(start.seconds), Instant.textRange.contains(end.seconds) else {
      throw Self.outOfYears
    }
  }

  /// What `zoneNote` says; nil where no switch made a border doubtful.
  var note: StaticString? {
    switch (hasGap, hasOverlap) {
    case (false, false): nil
    case (true, false): "gap"
    case (false, true): "overlap"
    case (true, true): "gap,overlap"
    }
  }
}
