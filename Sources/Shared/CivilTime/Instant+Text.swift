extension Instant {
  /// Reads RFC 3339 text: `2026-03-29T07:00:00.5Z`, or with an offset, `±hh:mm` or `±hh:mm:ss`.
  package init?(_ text: RawSpan) {
    var end = 0
    guard let wall = WallTime(text, end: &end), let offset = text.offset(at: end) else {
      return nil
    }
    self = wall.instant(offset: offset)
  }

  package init?(_ text: String) {
    unsafe self.init(text.utf8Span.span.bytes)
  }
}

extension RawSpan {
  /// Seconds ahead of UTC, from the text that goes from `start` to the end.
  fileprivate func offset(at start: Int) -> Int? {
    guard start < byteCount else { return nil }
    let sign = at(start)
    let length = byteCount - start
    if sign | 0x20 == UInt8(ascii: "z") { return length == 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), length == 6 || length == 9,
      at(start + 3) == UInt8(ascii: ":"), let hours = twoDigits(at: start + 1), hours < 24,
      let minutes = twoDigits(at: start + 4), minutes < 60
    else { return nil }
    var seconds = hours * 3600 + minutes * 60
    if length == 9 {
      guard at(start + 6) == UInt8(ascii: ":"), let rest = twoDigits(at: start + 7), rest < 60
      else { return nil }
      seconds += rest
    }
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }
}
