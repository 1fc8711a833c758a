internal import CivilTime
internal import Records

/// A zone without a name, as the start and the end of one event show it.
///
/// Outlook's custom zones are like that: whoever made the event knew the rules, the event carries their outcome.
struct CustomZone: Hashable, Sendable {
  /// Seconds ahead of UTC at the start, and at the end.
  private let offset: Int
  private let offsetAtEnd: Int
  /// Where the one becomes the other.
  ///
  /// Nobody says when a switch between start and end was: it is taken to be at the
  /// end, or in the night before the day that begins with it.
  private let change: Int

  /// No clock is further from UTC than this.
  private static let offsets = -86400...86400

  /// Instants, and what the clock shows at them, in seconds.
  init(start: Int, localStart: Int, end: Int, localEnd: Int) throws(RecordFault) {
    offset = localStart - start
    offsetAtEnd = localEnd - end
    guard Self.offsets.contains(offset), Self.offsets.contains(offsetAtEnd) else {
      throw RecordFault("the event's local times are more than a day from its UTC times")
    }
    let endsAtMidnight = floorDivide(localEnd, 86400) * 86400 == localEnd
    change =
      offset == offsetAtEnd ? 0 : endsAtMidnight ? localEnd - max(offset, offsetAtEnd) : end
  }

  var rules: ZoneRules {
    guard offset != offsetAtEnd else { return ZoneRules(PosixRule(standardOffset: offset)) }
    return ZoneRules(offset: offset, switchingAt: change, to: offsetAtEnd)
  }
}
