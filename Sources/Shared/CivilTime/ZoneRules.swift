/// What the clocks of one zone did and will do: its switches, and the rule for the years after them.
@usableFromInline
package struct ZoneRules: Sendable {
  /// The switches up to some year; later ones are worked out by the rule when they are asked for.
  private let known: SwitchTable
  private let rule: PosixRule?

  /// Switches are written down up to this year.
  private static let lastKnownYear = 2050

  /// A zone that follows one rule always.
  package init(_ rule: PosixRule) {
    self.init(SwitchTable(offsetBefore: rule.standardOffset), rule: rule)
  }

  /// A zone whose clocks switch once, from one offset to another.
  package init(offset: Int, switchingAt seconds: Int, to next: Int) {
    var table = SwitchTable(offsetBefore: offset)
    table.append(seconds, offset: next)
    self.init(table, rule: nil)
  }

  /// A zone whose clocks follow `switches`, and after the last of them the rule, if there is one.
  init(_ switches: SwitchTable, rule: PosixRule?) {
    guard let rule, rule.daylight != nil else {
      var table = switches
      if let rule, table.isEmpty { table = SwitchTable(offsetBefore: rule.standardOffset) }
      known = table
      self.rule = nil
      return
    }
    self.rule = rule
    guard let last = switches.lastSeconds else {
      known = SwitchTable(rule, years: 1969...Self.lastKnownYear)
      return
    }
    var table = switches
    let year = CivilDate(dayNumber: floorDivide(last, 86400)).year
    if year <= Self.lastKnownYear {
      for next in rule.switches(in: year - 1...Self.lastKnownYear).switches
      where next.seconds > last {
        table.append(next.seconds, offset: next.offset)
      }
    }
    known = table
  }

  /// Seconds ahead of UTC at a point in time.
  package func offset(at seconds: Int) -> Int { stretch(at: seconds).offset }

  /// The time between two switches in which a point in time lies.
  @usableFromInline
  package func stretch(at seconds: Int) -> Stretch {
    let index = known.index(at: seconds)
    guard let table = beyond(index, seconds) else { return known.stretch(index) }
    return table.stretch(table.index(at: seconds))
  }

  /// The points in time when the clocks show this, where that is once, never or twice.
  @usableFromInline
  package func resolve(wall seconds: Int) -> WallResolution {
    let index = known.index(wall: seconds)
    guard let table = beyond(index, seconds) else { return known.resolve(wall: seconds, index) }
    return table.resolve(wall: seconds, table.index(wall: seconds))
  }

  /// The switches of the years around, when the index lies where only the rule knows.
  private func beyond(_ index: Int, _ seconds: Int) -> SwitchTable? {
    guard let rule, index == known.count || index == 0 && known.startsWithRule else { return nil }
    let within = min(max(seconds, Instant.textRange.lowerBound), Instant.textRange.upperBound)
    let year = CivilDate(dayNumber: floorDivide(within, 86400)).year
    return SwitchTable(rule, years: year - 2...year + 2)
  }
}

/// A time between two switches: the clocks keep the same offset.
@usableFromInline
package struct Stretch: Sendable, Equatable {
  @usableFromInline package let offset: Int
  /// The points in time that belong to it.
  @usableFromInline package let seconds: Range<Int>
  /// The wall times that belong to it and to no other stretch, and that no switch leaves out.
  @usableFromInline package let wall: Range<Int>
}

/// Which points in time a wall time stands for.
///
/// As PEP 495 has it with `fold` 0: a wall time that a switch leaves out counts as if the clocks had gone on
/// unswitched, one that comes twice is its first occurrence.
@usableFromInline
package struct WallResolution: Sendable, Equatable {
  @usableFromInline
  package enum Kind: Sendable { case once, gap, overlap }

  @usableFromInline package let kind: Kind
  /// The offset to subtract from the wall time.
  @usableFromInline package let offset: Int
  /// In a gap or an overlap, the offset on the other side of the switch.
  @usableFromInline package let otherOffset: Int

  @inlinable
  init(_ kind: Kind, offset: Int, otherOffset: Int) {
    self.kind = kind
    self.offset = offset
    self.otherOffset = otherOffset
  }

  @inlinable
  static func once(_ offset: Int) -> WallResolution {
    WallResolution(.once, offset: offset, otherOffset: offset)
  }
}
