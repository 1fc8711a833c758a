import CivilTime
import Foundation
import Testing

/// The inputs that the fuzzers kept, and what they found.
@Suite struct FuzzCorpusTests {
  private func inputs(_ name: String) throws -> [[UInt8]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Corpus/\(name)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try files.map { try Array(Data(contentsOf: folder.appending(path: $0))) }
  }

  @Test
  func `a zone file or rule is refused, or its clock remembers truly`() throws {
    var accepted = 0
    for bytes in try inputs("zone-file") {
      let text = String(decoding: bytes, as: UTF8.self)
      let rules = (try? ZoneFile.rules(bytes)) ?? PosixRule(text).map { ZoneRules($0) }
      guard let rules else { continue }
      accepted += 1
      var clock = LocalClock(rules)
      let times = Array(stride(from: -5_000_000_000, through: 9_000_000_000, by: 97_654_321))
      for seconds in [Int.min, Int.max] + times {
        #expect(clock.offset(at: seconds) == rules.offset(at: seconds))
        _ = clock.resolve(wall: seconds)
      }
    }
    #expect(accepted >= 9)
  }

  @Test
  func `a date-time is refused, or its text reads back the same`() throws {
    var accepted = 0
    for bytes in try inputs("date-time") {
      let text = String(decoding: bytes, as: UTF8.self)
      if let wall = WallTime(text) {
        accepted += 1
        #expect(WallTime("\(TimeText(wall))") == wall)
      }
      if let instant = Instant(text), Instant.textRange.contains(instant.seconds) {
        accepted += 1
        #expect(Instant("\(TimeText(instant))") == instant)
      }
    }
    #expect(accepted >= 6)
  }
}
