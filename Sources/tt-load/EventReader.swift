import CivilTime
import NDJSON
import Records
import Schema

/// Turns an event's record into a row, member by member; nothing else of the record is looked at.
struct EventReader {
  /// What is known of the row that was read last.
  struct Summary {
    var key: CalendarKey
    var id: Hash128
    var master: Hash128
    var content: Int
  }

  private var members = EventMembers()
  private var scratch: [UInt8] = []
  private var start: Instant?
  private var lastKey: CalendarKey?
  private var categoryLists = CategoryLists()

  /// Reads the record and appends its row to `row`, which must be empty.
  mutating func read(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, into row: inout OutputBuffer
  ) throws(RecordFault) -> Summary {
    try checkTimes(scanner)
    let key = try calendarKey(line, scanner)
    var summary = Summary(key: key, id: .none, master: .none, content: 0)
    for column in EventRow.columns {
      let start = row.count
      try append(column, key, line, scanner, to: &row)
      switch column {
      case .eventID: summary.id = hash(row, from: start)
      case .seriesMasterID where row.count > start + 4: summary.master = hash(row, from: start)
      default: break
      }
    }
    try categoryLists.append(scanner.value(&members.categories), line, to: &row)
    summary.content = row.withBytes { Int(bitPattern: UInt(SipHash.hash($0).low)) }
    try append(text: scanner.value(&members.mail), .userEmail, line, to: &row)
    return summary
  }

  /// The calendar that the event is of: most often that of the event before.
  private mutating func calendarKey(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> CalendarKey {
    if let last = lastKey, scanner.value(&members.user)?.isText(last.user, line) ?? false,
      scanner.value(&members.calendar)?.isText(last.calendar, line) ?? false
    {
      return last
    }
    let key = try CalendarKey(line, scanner)
    lastKey = key
    return key
  }

  /// The hash of an id's text, whatever column it is in.
  private func hash(_ row: borrowing OutputBuffer, from start: Int) -> Hash128 {
    row.withBytes { SipHash.hash($0.extracting(start + 4..<$0.byteCount)) }
  }

  private mutating func checkTimes(_ scanner: borrowing ObjectScanner) throws(RecordFault) {
    if scanner.value(&members.startUtc)?.isNull != false { throw Self.missing(.startDate) }
    if scanner.value(&members.endUtc)?.isNull != false { throw Self.missing(.endDate) }
  }

  private static func missing(_ column: EventColumn) -> RecordFault {
    RecordFault("\"\(column.member)\" is missing: \(noTimes)")
  }

  /// What is said of events that come without instants.
  static let noTimes = "the event has not been through tt-tz"

  private mutating func append(
    _ column: EventColumn, _ key: CalendarKey, _ line: RawSpan,
    _ scanner: borrowing ObjectScanner, to row: inout OutputBuffer
  ) throws(RecordFault) {
    switch column {
    case .eventID:
      let id = scanner.value(&members.id)
      guard id != nil else { throw RecordFault("\"id\" is missing") }
      let start = row.count
      try append(text: id, column, line, to: &row)
      guard row.count > start + 4 else { throw RecordFault("\"id\" is empty") }
    case .userID: try append(known: key.user, column, to: &row)
    case .calendarID: try append(known: key.calendar, column, to: &row)
    case .userEmail, .userName: row.appendNullField()
    case .subject: try append(text: scanner.value(&members.subject), column, line, to: &row)
    case .description: try append(text: description(line, scanner), column, line, to: &row)
    case .startDate:
      start = try Self.append(instant: scanner.value(&members.startUtc), column, line, to: &row)
    case .endDate:
      let end = try Self.append(instant: scanner.value(&members.endUtc), column, line, to: &row)
      if let start, let end, end < start { throw RecordFault("\"endUtc\" is before \"startUtc\"") }
    case .startLocal:
      try Self.append(wall: scanner.value(&members.startLocal), column, line, to: &row)
    case .endLocal: try Self.append(wall: scanner.value(&members.endLocal), column, line, to: &row)
    case .timeZone: try append(text: scanner.value(&members.zone), column, line, to: &row)
    case .minutes: try Self.append(minutes: scanner.value(&members.minutes), line, to: &row)
    case .isAllDay: row.append(flag: try scanner.flag(&members.isAllDay, line))
    case .showAs: try append(text: scanner.value(&members.showAs), column, line, to: &row)
    case .sensitivity: try append(text: scanner.value(&members.sensitivity), column, line, to: &row)
    case .response: try append(text: members.response.value(line, scanner), column, line, to: &row)
    case .isCancelled: row.append(flag: try scanner.flag(&members.isCancelled, line))
    case .eventType: try append(text: scanner.value(&members.type), column, line, to: &row)
    case .seriesMasterID:
      try append(text: scanner.value(&members.seriesMasterID), column, line, to: &row)
    case .icalUID: try append(text: scanner.value(&members.iCalUID), column, line, to: &row)
    case .organizer: try append(text: organizer(line, scanner), column, line, to: &row)
    case .location: try append(text: members.location.value(line, scanner), column, line, to: &row)
    case .webLink: try append(text: scanner.value(&members.webLink), column, line, to: &row)
    case .changeKey: try append(text: scanner.value(&members.changeKey), column, line, to: &row)
    case .lastModified:
      try Self.append(instant: scanner.value(&members.lastModified), column, line, to: &row)
    }
  }

  /// The body where it was asked for, else the preview that comes with every event.
  private mutating func description(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Value? {
    let body = try members.body.value(line, scanner)
    return body?.kind == .string ? body : scanner.value(&members.bodyPreview)
  }

  private mutating func organizer(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Value? {
    guard let person = try members.organizer.value(line, scanner), person.kind == .object else {
      return nil
    }
    return try members.organizerAddress.value(line, of: person)
  }
}

// MARK: - Texts

extension EventReader {
  private func append(
    known text: String, _ column: EventColumn, to row: inout OutputBuffer
  ) throws(RecordFault) {
    unsafe try check(text.utf8Span.span.bytes, column)
    row.append(field: text)
  }

  /// A member's text; absent and null are both NULL.
  private mutating func append(
    text value: Value?, _ column: EventColumn, _ line: RawSpan, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value, !value.isNull else { return row.appendNullField() }
    guard value.kind == .string else {
      throw RecordFault("\"\(column.member)\" is not a text")
    }
    guard value.hasEscapes else {
      let text = line.extracting(value.contents)
      try check(text, column)
      return row.append(field: text)
    }
    scratch = value.unescaped(line)
    unsafe try check(scratch.span.bytes, column)
    unsafe row.append(field: scratch.span.bytes)
  }

  /// A text that is longer than its column is bad data: nothing is ever cut.
  private func check(_ text: RawSpan, _ column: EventColumn) throws(RecordFault) {
    let limit: Int
    switch column.kind {
    case .identifier(let units), .text(let units): limit = units
    case .longText, .time, .flag, .decimal: return
    }
    // No UTF-8 has fewer bytes than UTF-16 units.
    guard text.byteCount > limit, text.utf16Count > limit else { return }
    throw RecordFault(
      "\"\(column.member)\" is longer than the \(limit) characters it may have")
  }
}

// MARK: - Times, numbers, flags

extension EventReader {
  @discardableResult
  private static func append(
    instant value: Value?, _ column: EventColumn, _ line: RawSpan, to row: inout OutputBuffer
  ) throws(RecordFault) -> Instant? {
    guard let value, !value.isNull else {
      row.appendNullField()
      return nil
    }
    guard value.kind == .string, let instant = Instant(line.extracting(value.contents)),
      Instant.textRange.contains(instant.seconds)
    else { throw fault(column, "a time", value, line) }
    guard instant.nanoseconds % 100 == 0 else {
      throw fault(column, "a time of at most seven digits of a fraction", value, line)
    }
    let text = line.extracting(value.contents)
    if text.isInUTC {
      row.append(time: text)
    } else {
      TimeText(instant).withBytes { row.append(time: $0) }
    }
    return instant
  }

  /// The wall clock's time, without the offset behind it.
  private static func append(
    wall value: Value?, _ column: EventColumn, _ line: RawSpan, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value, !value.isNull else { return row.appendNullField() }
    guard value.kind == .string, let instant = Instant(line.extracting(value.contents)),
      instant.nanoseconds % 100 == 0,
      !line.extracting(value.contents).startsWithYearZero
    else { throw fault(column, "a time with an offset", value, line) }
    row.append(time: line.extracting(value.contents))
  }

  private static func append(
    minutes value: Value?, _ line: RawSpan, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value, !value.isNull else { throw missing(.minutes) }
    // Nearly all are whole: their digits stand in the record as the column has them.
    let digits = line.extracting(value.start..<value.end)
    if value.kind == .number, digits.byteCount < 10, digits.isDigits {
      return row.append(field: digits)
    }
    guard value.kind == .number, let minutes = Double(value.text(line)), minutes >= 0,
      minutes < 1e10
    else { throw fault(.minutes, "a number of minutes, 0 or more", value, line) }
    row.append(field: decimal(minutes))
  }

  /// At most four decimals, none at the end that is zero.
  private static func decimal(_ number: Double) -> String {
    let scaled = Int((number * 10_000).rounded())
    let whole = scaled.magnitude / 10_000
    let fraction = scaled.magnitude % 10_000
    let sign = scaled < 0 ? "-" : ""
    guard fraction > 0 else { return "\(sign)\(whole)" }
    var digits = "\(10_000 + fraction)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  private static func fault(
    _ column: EventColumn, _ what: String, _ value: Value, _ line: RawSpan
  ) -> RecordFault {
    RecordFault("\"\(column.member)\" is not \(what): \(value.text(line).prefix(60))")
  }
}

extension OutputBuffer {
  fileprivate mutating func append(flag: Bool?) {
    append(littleEndian: 1)
    append(UInt8(ascii: flag == true ? "1" : "0"))
  }

  /// `2026-03-29 07:00:00.5` from RFC 3339 text that is known to be right: what all engines take for a time.
  ///
  /// Columns hold seven digits of a fraction, as the service does; what is finer is dropped.
  fileprivate mutating func append(time text: RawSpan) {
    var length = 19
    if text.byteCount > 19, text.byte(at: 19) == UInt8(ascii: ".") {
      length = 20
      while length < min(27, text.byteCount), text.byte(at: length) &- UInt8(ascii: "0") < 10 {
        length += 1
      }
      while text.byte(at: length - 1) == UInt8(ascii: "0") { length -= 1 }
      if text.byte(at: length - 1) == UInt8(ascii: ".") { length -= 1 }
    }
    append(littleEndian: UInt32(truncatingIfNeeded: length))
    append(text, 0..<10)
    append(UInt8(ascii: " "))
    append(text, 11..<length)
  }
}

extension RawSpan {
  /// Whether a date-time is written as UTC's, so that its text is the one to keep.
  fileprivate var isInUTC: Bool {
    byteCount > 0 && byte(at: byteCount - 1) | 0x20 == UInt8(ascii: "z")
  }

  fileprivate var startsWithYearZero: Bool {
    (0..<4).allSatisfy { byte(at: $0) == UInt8(ascii: "0") }
  }

  fileprivate var isDigits: Bool {
    (0..<byteCount).allSatisfy { byte(at: $0) &- UInt8(ascii: "0") < 10 }
  }
}

extension Value {
  /// Whether this is the text, as plain bytes.
  fileprivate func isText(_ text: String, _ line: RawSpan) -> Bool {
    guard kind == .string, !hasEscapes else { return false }
    return unsafe line.extracting(contents).isSame(as: text.utf8Span.span.bytes)
  }
}
