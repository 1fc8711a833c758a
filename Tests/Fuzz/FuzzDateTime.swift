// Fed by libFuzzer: a text is refused, or the time that it names is written and read back the same.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let span = bytes.span.bytes
  let wall = WallTime(span)
  let instant = Instant(span)
  precondition(wall == nil || instant == nil, "a time with and without an offset at once")
  if let wall {
    precondition(Instant.textRange.contains(wall.seconds), "a time out of its years")
    precondition(WallTime("\(TimeText(wall))") == wall, "the text is another time")
    precondition(CivilDate(dayNumber: wall.dayNumber) == wall.date, "the date is another")
  }
  if let instant, Instant.textRange.contains(instant.seconds) {
    precondition(Instant("\(TimeText(instant))") == instant, "the text is another instant")
    for offset in [3600, -12600, -17763, 93599]
    where Instant.textRange.contains(instant.seconds + offset) && abs(offset) < 86400 {
      precondition(
        Instant("\(TimeText(instant, offset: offset))") == instant, "the text is another instant")
    }
  }
  if let date = CivilDate(String(decoding: bytes, as: UTF8.self)) {
    precondition("\(TimeText(date))".utf8.elementsEqual(bytes), "the date's text is another")
  }
  return 0
}
