import Glibc

/// The rules in the system's tz database under an IANA name; nil when there is no such file.
func zoneRules(named name: String) -> ZoneRules? {
  let isPlain = name.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "/_+-".utf8.contains(byte)
  }
  guard isPlain, !name.isEmpty, !name.hasPrefix("/") else { return nil }
  let folder = unsafe getenv("TZDIR").map { unsafe String(cString: $0) } ?? "/usr/share/zoneinfo"
  return fileBytes("\(folder)/\(name)").flatMap { ZoneRules(tzif: $0) }
}

/// A file's content; nil when it cannot be read.
func fileBytes(_ path: String) -> [UInt8]? {
  guard let file = unsafe fopen(path, "rb") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  while true {
    let part = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, count in
      count = unsafe fread(room.baseAddress, 1, room.count, file)
    }
    if part.isEmpty { return unsafe ferror(file) == 0 ? bytes : nil }
    bytes += part
  }
}

extension ZoneRules {
  /// Reads a TZif file of version 2 or later (RFC 9636): its 64-bit block and its footer.
  init?(tzif bytes: [UInt8]) {
    guard bytes.starts(with: "TZif".utf8), let first = Header(bytes, at: 0) else { return nil }
    let start = 44 + first.length(timeSize: 4)
    guard let header = Header(bytes, at: start),
      bytes.count > start + 44 + header.length(timeSize: 8)
    else { return nil }
    let times = start + 44
    let types = times + header.times * 8
    let infos = types + header.times
    let offsetOf = { (type: Int) in bigEndian(bytes, infos + type * 6, 4) }
    let changes = (0..<header.times).map { index in
      (at: bigEndian(bytes, times + index * 8, 8), offset: offsetOf(Int(bytes[types + index])))
    }
    self.init(changes: changes, firstOffset: offsetOf(0))
    let footer = bytes[(start + 44 + header.length(timeSize: 8) + 1)...].prefix { $0 != 10 }
    apply(footer: String(decoding: footer, as: UTF8.self))
  }

  /// Goes on from the last change by the footer's rule, until 2100.
  private mutating func apply(footer: String) {
    guard let rule = YearlyRule(posix: footer) else { return }
    let last = changes.last?.at ?? .min
    let firstYear = changes.last.map { CivilDay(at: $0.at).parts.year } ?? 1970
    for year in firstYear...2100 {
      changes += rule.changes(in: year).filter { $0.at > last }
    }
  }
}

private struct Header {
  let times: Int
  private let counts: [Int]

  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count >= start + 44 else { return nil }
    counts = (0..<6).map { bigEndian(bytes, start + 20 + $0 * 4, 4) }
    times = counts[3]
  }

  /// Bytes of the block that follows; the header counts isut, isstd, leap, time, type, char.
  func length(timeSize: Int) -> Int {
    counts[3] * timeSize + counts[3] + counts[4] * 6 + counts[5] + counts[2] * (timeSize + 4)
      + counts[1] + counts[0]
  }
}

private func bigEndian(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
  let bits = bytes[start..<start + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  return count == 8 ? Int(Int64(bitPattern: bits)) : Int(Int32(truncatingIfNeeded: bits))
}
