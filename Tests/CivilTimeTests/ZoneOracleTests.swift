import CivilTime
import Foundation
import Testing
import ZoneDatabase

/// What Python's zoneinfo says about every switch of every zone, on the same tz database.
@Suite struct ZoneOracleTests {
  @Test
  func `every zone and every switch is as Python's zoneinfo has it`() throws {
    let environment = ProcessInfo.processInfo.environment
    let database = try ZoneDatabase(tzdir: environment["TZDIR"])
    var checker = OracleChecker(database: database)
    for line in try oracleOutput().split(separator: UInt8(ascii: "\n")) { try checker.check(line) }
    #expect(checker.differences == [])
    #expect(checker.zones > 300)
    #expect(checker.cases > 300_000)
    print("\(checker.cases) cases in \(checker.zones) zones agree with zoneinfo")
  }

  private func oracleOutput() throws -> Data {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracle/zone-cases")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return data
  }
}

/// Compares the oracle's lines with what our rules say, both with and without memory.
private struct OracleChecker {
  let database: ZoneDatabase
  var zones = 0
  var cases = 0
  var differences: [String] = []
  private var name = ""
  private var clock = LocalClock(ZoneRules(PosixRule(standardOffset: 0)))

  init(database: ZoneDatabase) { self.database = database }

  mutating func check(_ line: Data) throws {
    let parts = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    if parts[0] == "Z" {
      name = parts[1]
      zones += 1
      clock = LocalClock(try #require(try database.zone(name)).rules)
      return
    }
    cases += 1
    let seconds = try #require(Int(parts[1]))
    let expected = try #require(Int(parts[2]))
    if parts[0] == "U" {
      let plain = clock.rules.offset(at: seconds)
      if plain != expected || clock.offset(at: seconds) != expected { note(line) }
    } else {
      let plain = clock.rules.resolve(wall: seconds)
      let remembered = clock.resolve(wall: seconds)
      if plain != remembered || plain.offset != expected || "\(plain.kind)" != parts[3] {
        note(line)
      }
    }
  }

  private mutating func note(_ line: Data) {
    guard differences.count < 20 else { return }
    differences.append("\(name): \(String(decoding: line, as: UTF8.self))")
  }
}
