import CivilTime
import NDJSON
import Records

extension ZoneResolver {
  /// Writes an event's times as members, each with a comma in front, and its closing brace.
  mutating func append(
    _ times: EventTimes, _ local: Local, to output: inout OutputBuffer
  ) throws(RecordFault) {
    let startOffset = shelf.offset(local.place, at: times.start.seconds)
    let endOffset = shelf.offset(local.place, at: times.end.seconds)
    guard Instant.textRange.contains(times.start.seconds + startOffset),
      Instant.textRange.contains(times.end.seconds + endOffset)
    else { throw EventTimes.outOfYears }
    output.append(",\"startUtc\":\"", TimeText(times.start))
    output.append(",\"endUtc\":\"", TimeText(times.end))
    output.append(",\"startLocal\":\"", TimeText(times.start, offset: startOffset))
    output.append(",\"endLocal\":\"", TimeText(times.end, offset: endOffset))
    output.append(zone: shelf.zones[local.place].name, local.source)
    output.append(",\"minutes\":")
    output.append(minutesFrom: times.start, to: times.end)
    if let note = times.note {
      output.append(",\"zoneNote\":\"")
      output.append(note)
      output.append(UInt8(ascii: "\""))
    }
    output.append(UInt8(ascii: "}"))
  }
}

extension OutputBuffer {
  /// A member up to its value's quote, a time, and the closing quote.
  @inline(__always)
  fileprivate mutating func append(_ opening: StaticString, _ time: TimeText) {
    append(opening)
    time.withBytes { append($0) }
    append(UInt8(ascii: "\""))
  }

  /// IANA names need no escape.
  @inline(__always)
  fileprivate mutating func append(zone name: String?, _ source: ZoneSource) {
    append(",\"zone\":")
    if let name {
      append(UInt8(ascii: "\""))
      append(text: name)
      append("\",\"zoneSource\":\"")
    } else {
      append("null,\"zoneSource\":\"")
    }
    append(source.word)
    append(UInt8(ascii: "\""))
  }
}

extension ZoneSource {
  var word: StaticString {
    switch self {
    case .mailbox: "mailbox"
    case .event: "event"
    case .option: "option"
    case .system: "system"
    }
  }
}
