import Foundation
import Support
import Testing

@Suite struct LogTests {
  private func day(_ offset: Int) -> String {
    let format = DateFormatter()
    format.dateFormat = "yyyy-MM-dd"
    format.timeZone = TimeZone(identifier: "UTC")
    return format.string(from: Date(timeIntervalSinceNow: Double(offset) * 86_400))
  }

  @Test func `a day has a log, and old ones go`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let kept = ["logs/tt-sync-\(day(-3)).log", "logs/mine-2001-01-01.log"]
      let old = ["logs/tt-sync-\(day(-5)).log", "logs/tt-sync-2001-01-01.log"]
      try FileManager.default.createDirectory(
        at: sandbox.folder.appendingPathComponent("logs"), withIntermediateDirectories: true)
      for name in kept + old { try sandbox.write("x", to: name) }
      let outcome = try await StandIns.sync(
        sandbox, "", ["LOG_RETENTION_DAYS": "4", "LOAD": "65"])
      #expect(outcome.status == 65)
      #expect(kept.allSatisfy(sandbox.holds))
      #expect(!old.contains(where: sandbox.holds))
      let today = sandbox.text("logs/tt-sync-\(day(0)).log")
      #expect(today.contains("tt-load: error: no \"database\"\n"))
      #expect(today.contains("tt-sync: failed in"))
      #expect(!outcome.messages.contains("tt-load"))
    }
  }

  @Test(arguments: ["-", "/proc/nowhere"])
  func `without a log folder the messages are on standard error`(folder: String) async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let outcome = try await StandIns.sync(sandbox, "", ["LOG_DIR": folder, "LOAD": "65"])
      #expect(outcome.status == 65)
      #expect(outcome.messages.contains("tt-load: error: no \"database\"\n"))
    }
  }

  @Test func `a state folder that can't be written is an error of its own`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let outcome = try await StandIns.sync(sandbox, "", ["TT_STATE_DIR": "/proc/nowhere"])
      #expect(outcome.status == 73)
      #expect(outcome.messages.hasPrefix("tt-sync: error: cannot write to /proc/nowhere\n"))
    }
  }
}
