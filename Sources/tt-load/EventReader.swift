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

  private let names = EventMembers()
  private var inner = ObjectScanner()
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
    try categoryLists.append(scanner.value(names.categories), line, to: &row)
    summary.content = row.withBytes { Int(bitPattern: UInt(SipHash.hash($0).low)) }
    try append(text: scanner.value(names.mail), .userEmail, line, to: &row)
    return summary
  }

  /// The calendar that the event is of: most often that of the event before.
  private mutating func calendarKey(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> CalendarKey {
    if let last = lastKey, scanner.value(names.user)?.isText(last.user, line) ?? false,
      scanner.value(names.calendar)?.isText(last.calendar, line) ?? false
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

  private func checkTimes(_ scanner: borrowing ObjectScanner) throws(RecordFault) {
    for name in [names.startUtc, names.endUtc] where scanner.value(name)?.isNull != false {
      throw RecordFault("\"\(name.text)\" is missing: \(EventReader.noTimes)")
    }
  }

  /// What is said of events that come without instants.
  static let noTimes = "the event has not been through tt-tz"

  private mutating func append(
    _ column: EventColumn, _ key: CalendarKey, _ line: RawSpan,
    _ scanner: borrowing ObjectScanner, to row: inout OutputBuffer
  ) throws(RecordFault) {
    switch column {
    case .eventID:
      guard scanner.value(names.id) != nil else { throw RecordFault("\"id\" is missing") }
      let start = row.count
      try append(text: scanner.value(names.id), column, line, to: &row)
      guard row.count > start + 4 else { throw RecordFault("\"id\" is empty") }
    case .userID: try append(known: key.user, column, to: &row)
    case .calendarID: try append(known: key.calendar, column, to: &row)
    case .userEmail, .userName: row.appendNullField()
    case .description: try appendDescription(line, scanner, to: &row)
    case .startDate: start = try append(instant: names.startUtc, line, scanner, to: &row)
    case .endDate:
      let end = try append(instant: names.endUtc, line, scanner, to: &row)
      if let start, let end, end < start { throw RecordFault("\"endUtc\" is before \"startUtc\"") }
    case .lastModified: try append(instant: names.lastModifiedDateTime, line, scanner, to: &row)
    case .startLocal: try append(wall: names.startLocal, line, scanner, to: &row)
    case .endLocal: try append(wall: names.endLocal, line, scanner, to: &row)
    case .minutes: try appendMinutes(line, scanner, to: &row)
    case .isAllDay: try append(flag: names.isAllDay, line, scanner, to: &row)
    case .isCancelled: try append(flag: names.isCancelled, line, scanner, to: &row)
    case .response:
      let value = try member(names.response, of: names.responseStatus, line, scanner)
      try append(text: value, column, line, to: &row)
    case .location:
      let value = try member(names.displayName, of: names.location, line, scanner)
      try append(text: value, column, line, to: &row)
    case .organizer: try appendOrganizer(line, scanner, to: &row)
    case .subject, .timeZone, .showAs, .sensitivity, .eventType, .seriesMasterID, .icalUID,
      .webLink, .changeKey:
      try append(text: scanner.value(names.plain(column)), column, line, to: &row)
    }
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
      throw RecordFault("\"\(names.path(column))\" is not a text")
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
      "\"\(names.path(column))\" is longer than the \(limit) characters it may have")
  }

  private mutating func member(
    _ name: MemberName, of outer: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner
  ) throws(RecordFault) -> Value? {
    guard let place = try scanner.object(outer) else { return nil }
    do throws(JSONFault) { try inner.scan(line, place) } catch { throw RecordFault("\(error)") }
    return inner.value(name)
  }

  /// The body where it was asked for, else the preview that comes with every event.
  private mutating func appendDescription(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, to row: inout OutputBuffer
  ) throws(RecordFault) {
    let body = try member(names.content, of: names.body, line, scanner)
    let isBody = body?.kind == .string
    try append(
      text: isBody ? body : scanner.value(names.bodyPreview), .description, line, to: &row)
  }

  private mutating func appendOrganizer(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let address = try member(names.emailAddress, of: names.organizer, line, scanner),
      address.kind == .object
    else { return row.appendNullField() }
    do throws(JSONFault) { try inner.scan(line, address) } catch { throw RecordFault("\(error)") }
    try append(text: inner.value(names.address), .organizer, line, to: &row)
  }
}

// MARK: - Times, numbers, flags

extension EventReader {
  @discardableResult
  private func append(
    instant name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner,
    to row: inout OutputBuffer
  ) throws(RecordFault) -> Instant? {
    guard let value = scanner.value(name), !value.isNull else {
      row.appendNullField()
      return nil
    }
    guard value.kind == .string, let instant = Instant(line.extracting(value.contents)),
      Instant.textRange.contains(instant.seconds)
    else { throw fault(name, "a time", value, line) }
    guard instant.nanoseconds % 100 == 0 else {
      throw fault(name, "a time of at most seven digits of a fraction", value, line)
    }
    TimeText(instant).withBytes { row.append(time: $0) }
    return instant
  }

  /// The wall clock's time, without the offset behind it.
  private func append(
    wall name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner,
    to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value = scanner.value(name), !value.isNull else { return row.appendNullField() }
    let text = line.extracting(value.contents)
    guard value.kind == .string, let instant = Instant(text), instant.nanoseconds % 100 == 0,
      !text.startsWithYearZero
    else {
      throw fault(name, "a time with an offset", value, line)
    }
    row.append(time: text)
  }

  private func append(
    flag name: MemberName, _ line: RawSpan, _ scanner: borrowing ObjectScanner,
    to row: inout OutputBuffer
  ) throws(RecordFault) {
    row.append(field: try scanner.flag(name, line) == true ? "1" : "0")
  }

  private func appendMinutes(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, to row: inout OutputBuffer
  ) throws(RecordFault) {
    guard let value = scanner.value(names.minutes), !value.isNull else {
      throw RecordFault("\"minutes\" is missing: \(EventReader.noTimes)")
    }
    // Nearly all are whole: their digits stand in the record as the column has them.
    let digits = line.extracting(value.start..<value.end)
    if value.kind == .number, digits.byteCount < 10, digits.isDigits {
      return row.append(field: digits)
    }
    guard value.kind == .number, let minutes = Double(value.text(line)), minutes >= 0,
      minutes < 1e10
    else {
      throw fault(names.minutes, "a number of minutes, 0 or more", value, line)
    }
    row.append(field: decimal(minutes))
  }

  /// At most four decimals, none at the end that is zero.
  private func decimal(_ number: Double) -> String {
    let scaled = Int((number * 10_000).rounded())
    let whole = scaled.magnitude / 10_000
    let fraction = scaled.magnitude % 10_000
    let sign = scaled < 0 ? "-" : ""
    guard fraction > 0 else { return "\(sign)\(whole)" }
    var digits = "\(10_000 + fraction)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  private func fault(
    _ name: MemberName, _ what: String, _ value: Value, _ line: RawSpan
  ) -> RecordFault {
    RecordFault("\"\(name.text)\" is not \(what): \(value.text(line).prefix(60))")
  }
}

extension OutputBuffer {
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
