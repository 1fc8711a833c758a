/// A place in a zone file.
struct ZoneFileReader {
  private(set) var offset: Int

  init(offset: Int) { self.offset = offset }

  mutating func skip(_ count: Int, _ bytes: RawSpan) throws(ZoneFileFault) {
    guard bytes.byteCount - offset >= count else { throw .cutShort }
    offset += count
  }

  mutating func header(_ bytes: RawSpan) throws(ZoneFileFault) -> ZoneFileHeader {
    let start = offset
    guard bytes.byteCount - start >= 4 else { throw .noMagic }
    guard bytes.integer(start, size: 4) == 0x545A_6966 else { throw .noMagic }
    try skip(44, bytes)
    let version = bytes.at(start + 4)
    guard version == 0 || version >= UInt8(ascii: "2") && version <= UInt8(ascii: "9") else {
      throw .unknownVersion(version)
    }
    func count(_ index: Int) -> Int { bytes.integer(start + 20 + 4 * index, size: 4) & 0xFFFF_FFFF }
    return ZoneFileHeader(
      version: version, utcFlags: count(0), standardFlags: count(1), leapSeconds: count(2),
      switches: count(3), types: count(4), nameBytes: count(5))
  }

  /// The switches of a block, after which the reader stands behind it.
  mutating func switches(
    _ bytes: RawSpan, _ header: ZoneFileHeader, timeSize: Int
  ) throws(ZoneFileFault) -> SwitchTable {
    let times = offset
    try skip(header.blockSize(timeSize: timeSize), bytes)
    guard header.isSound else { throw .badCounts }
    let types = times + header.switches * timeSize
    let offsets = try offsets(bytes, header, at: types + header.switches)
    let names = types + header.switches + header.types * 6
    let leaps = try LeapSeconds(
      bytes, at: names + header.nameBytes, count: header.leapSeconds, timeSize: timeSize)
    var table = SwitchTable(offsetBefore: offsets[0])
    var last = Int.min
    for index in 0..<header.switches {
      let seconds = bytes.integer(times + index * timeSize, size: timeSize)
      guard index == 0 || seconds > last else { throw .unorderedSwitches }
      last = seconds
      let type = Int(bytes.at(types + index))
      guard type < offsets.count else { throw .badType }
      table.append(clamped(leaps.withoutLeapSeconds(seconds)), offset: offsets[type])
    }
    return table
  }

  /// The offset of each type.
  private func offsets(
    _ bytes: RawSpan, _ header: ZoneFileHeader, at start: Int
  ) throws(ZoneFileFault) -> [Int] {
    var result: [Int] = []
    for index in 0..<header.types {
      let place = start + 6 * index
      let seconds = bytes.integer(place, size: 4)
      guard abs(seconds) <= 26 * 3600 else { throw .badOffset(seconds) }
      guard bytes.at(place + 4) <= 1 else { throw .badType }
      guard Int(bytes.at(place + 5)) < header.nameBytes else { throw .badName }
      result.append(seconds)
    }
    return result
  }

  /// Some files begin with a switch at the Big Bang; nearer is far enough, and leaves room to calculate.
  private func clamped(_ seconds: Int) -> Int { min(max(seconds, -(1 << 59)), 1 << 59) }

  /// The rule after the last switch: between two line ends, possibly empty.
  mutating func footer(_ bytes: RawSpan) throws(ZoneFileFault) -> PosixRule? {
    guard offset < bytes.byteCount, bytes.at(offset) == 0x0A else { throw .noFooter }
    var text: [UInt8] = []
    var place = offset + 1
    while place < bytes.byteCount, bytes.at(place) != 0x0A, text.count < 256 {
      text.append(bytes.at(place))
      place += 1
    }
    guard place < bytes.byteCount, bytes.at(place) == 0x0A else { throw .noFooter }
    offset = place + 1
    if text.isEmpty { return nil }
    guard let rule = PosixRule(String(decoding: text, as: UTF8.self)) else { throw .badRule }
    return rule
  }
}

/// The corrections of a file whose times count leap seconds, as those under `right/` do.
private struct LeapSeconds {
  private var entries: [(seconds: Int, correction: Int)] = []

  init(
    _ bytes: RawSpan, at start: Int, count: Int, timeSize: Int
  ) throws(ZoneFileFault) {
    for index in 0..<count {
      let place = start + index * (timeSize + 4)
      let seconds = bytes.integer(place, size: timeSize)
      let correction = bytes.integer(place + timeSize, size: 4)
      if let last = entries.last, seconds <= last.seconds { throw .badLeapSecond }
      entries.append((seconds, correction))
    }
  }

  func withoutLeapSeconds(_ seconds: Int) -> Int {
    guard let entry = entries.last(where: { $0.seconds <= seconds }) else { return seconds }
    let (result, overflow) = seconds.subtractingReportingOverflow(entry.correction)
    return overflow ? seconds : result
  }
}

extension RawSpan {
  /// A big-endian signed integer of 4 or 8 bytes.
  fileprivate func integer(_ offset: Int, size: Int) -> Int {
    var value: UInt64 = 0
    for index in 0..<size { value = value << 8 | UInt64(at(offset + index)) }
    return size == 4
      ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(truncatingIfNeeded: value))
  }
}
