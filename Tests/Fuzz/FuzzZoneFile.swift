// Fed by libFuzzer: whatever the bytes are, the reader of zone files and rules refuses them or answers.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  if let rules = try? ZoneFile.rules(bytes) { ask(rules) }
  let text = String(decoding: bytes, as: UTF8.self)
  if let rule = PosixRule(text) { ask(ZoneRules(rule)) }
  _ = ZoneName(text, territories: ["NL"])
  return 0
}

private let extremes = [
  Int.min, Int.max, -(1 << 59), 1 << 59, Instant.textRange.lowerBound,
  Instant.textRange.upperBound,
]
private let questions =
  extremes + stride(from: -5_000_000_000, through: 9_000_000_000, by: 97_654_321)

private func ask(_ rules: ZoneRules) {
  var clock = LocalClock(rules)
  for seconds in questions {
    let offset = rules.offset(at: seconds)
    precondition(abs(offset) <= 26 * 3600, "an offset beyond reason")
    precondition(clock.offset(at: seconds) == offset, "the memory is wrong")
    let resolution = rules.resolve(wall: seconds)
    precondition(abs(resolution.offset) <= 26 * 3600, "an offset beyond reason")
    _ = clock.resolve(wall: seconds)
  }
}
