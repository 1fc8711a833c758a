import CivilTime
import NDJSON
import Records

/// A `start` or `end` as it stands in an event.
struct Moment {
  let wall: WallTime
  /// The place of the zone's name; nil where there is none.
  let zone: Value?
}

/// What an event says of its time.
struct EventMoments {
  let start: Moment
  let end: Moment
  let isAllDay: Bool
  /// The place of `originalStartTimeZone`.
  let originalZone: Value?
}

/// Finds the times in an event's members.
struct EventMomentReader {
  private let start: MemberName = "start"
  private let end: MemberName = "end"
  private let dateTime: MemberName = "dateTime"
  private let timeZone: MemberName = "timeZone"
  private let isAllDay: MemberName = "isAllDay"
  private let originalStartTimeZone: MemberName = "originalStartTimeZone"
  private var inner = ObjectScanner()

  mutating func read(
    _ line: RawSpan, _ event: borrowing ObjectScanner
  ) throws -> EventMoments {
    EventMoments(
      start: try moment(event, start, line), end: try moment(event, end, line),
      isAllDay: try event.flag(isAllDay, line) ?? false,
      originalZone: try name(event.value(originalStartTimeZone), "originalStartTimeZone"))
  }

  private mutating func moment(
    _ event: borrowing ObjectScanner, _ name: MemberName, _ line: RawSpan
  ) throws -> Moment {
    guard let place = try event.object(name) else {
      throw RecordFault("\"\(name.text)\" is missing")
    }
    try inner.scan(line, place)
    guard let text = inner.value(dateTime), !text.isNull else {
      throw RecordFault("\"\(name.text).dateTime\" is missing")
    }
    guard text.kind == .string else {
      throw RecordFault("\"\(name.text).dateTime\" is not a text")
    }
    guard !text.hasEscapes, let wall = WallTime(line.extracting(text.contents)) else {
      throw RecordFault(
        "\"\(name.text).dateTime\" is not a local date-time: \"\(excerpt(text.text(line)))\"")
    }
    return Moment(wall: wall, zone: try self.name(inner.value(timeZone), "\(name.text).timeZone"))
  }

  /// The place of a zone's name; null and absent are none.
  private func name(
    _ value: Value?, _ path: @autoclosure () -> String
  ) throws -> Value? {
    guard let value, !value.isNull else { return nil }
    guard value.kind == .string else { throw RecordFault("\"\(path())\" is not a text") }
    return value
  }
}

/// The beginning of a text that somebody else wrote, short enough for a message.
func excerpt(_ text: String) -> String {
  text.count <= 60 ? text : text.prefix(60) + "…"
}
