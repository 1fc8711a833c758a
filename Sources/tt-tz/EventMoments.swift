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
  private var start: RememberedName = "start"
  private var end: RememberedName = "end"
  private var dateTime: RememberedName = "dateTime"
  private var timeZone: RememberedName = "timeZone"
  private var isAllDay: RememberedName = "isAllDay"
  private var originalStartTimeZone: RememberedName = "originalStartTimeZone"
  private var inner = ObjectScanner()

  mutating func read(
    _ line: RawSpan, _ event: borrowing ObjectScanner
  ) throws -> EventMoments {
    EventMoments(
      start: try moment(event.value(&start), "start", line),
      end: try moment(event.value(&end), "end", line),
      isAllDay: try flag(event.value(&isAllDay), line),
      originalZone: try name(event.value(&originalStartTimeZone), "originalStartTimeZone"))
  }

  private mutating func moment(
    _ place: Value?, _ name: StaticString, _ line: RawSpan
  ) throws -> Moment {
    guard let place, !place.isNull else { throw RecordFault("\"\(name)\" is missing") }
    guard place.kind == .object else { throw RecordFault("\"\(name)\" is not an object") }
    try inner.scan(line, place)
    guard let text = inner.value(&dateTime), !text.isNull else {
      throw RecordFault("\"\(name).dateTime\" is missing")
    }
    guard text.kind == .string else { throw RecordFault("\"\(name).dateTime\" is not a text") }
    guard !text.hasEscapes, let wall = WallTime(line.extracting(text.contents)) else {
      throw RecordFault(
        "\"\(name).dateTime\" is not a local date-time: \"\(excerpt(text.text(line)))\"")
    }
    return Moment(wall: wall, zone: try self.name(inner.value(&timeZone), "\(name).timeZone"))
  }

  private func flag(_ value: Value?, _ line: RawSpan) throws -> Bool {
    guard let value, !value.isNull else { return false }
    guard let flag = value.bool(line) else {
      throw RecordFault("\"isAllDay\" is neither true nor false")
    }
    return flag
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
