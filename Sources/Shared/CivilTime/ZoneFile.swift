/// Reads a compiled zone file, versions 1 to 4 (RFC 9636): bytes in, rules out.
///
/// The bytes may be anything: whatever doesn't fit together is refused.
package enum ZoneFile {
  package static func rules(_ bytes: RawSpan) throws(ZoneFileFault) -> ZoneRules {
    var reader = ZoneFileReader(offset: 0)
    let first = try reader.header(bytes)
    guard first.version > 0 else {
      return ZoneRules(try reader.switches(bytes, first, timeSize: 4), rule: nil)
    }
    // The first block is for readers of version 1; the second has 64-bit times and a footer.
    try reader.skip(first.blockSize(timeSize: 4), bytes)
    let second = try reader.header(bytes)
    guard second.version == first.version else { throw .unknownVersion(second.version) }
    let switches = try reader.switches(bytes, second, timeSize: 8)
    return ZoneRules(switches, rule: try reader.footer(bytes))
  }

  package static func rules(_ bytes: [UInt8]) throws(ZoneFileFault) -> ZoneRules {
    unsafe try rules(bytes.span.bytes)
  }
}

/// How many of what a block holds.
struct ZoneFileHeader {
  let version: UInt8
  let utcFlags: Int
  let standardFlags: Int
  let leapSeconds: Int
  let switches: Int
  let types: Int
  let nameBytes: Int

  func blockSize(timeSize: Int) -> Int {
    switches * (timeSize + 1) + types * 6 + nameBytes + leapSeconds * (timeSize + 4)
      + standardFlags + utcFlags
  }

  /// RFC 9636, 3.1: at least one type and one byte of names; flags for every type or for none.
  var isSound: Bool {
    types >= 1 && types <= 256 && nameBytes >= 1 && [0, types].contains(utcFlags)
      && [0, types].contains(standardFlags)
  }
}
