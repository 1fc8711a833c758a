import Foundation
import Support
import Testing

@Suite struct OutcomeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let programs: [String: String]
    let status: Int32
    let outcome: String

    var testDescription: String { "\(programs.sorted { $0.key < $1.key }) → \(status)" }

    init(_ programs: [String: String], _ status: Int32, _ outcome: String) {
      self.programs = programs
      self.status = status
      self.outcome = outcome
    }
  }

  @Test(arguments: [
    Case([:], 0, "ok"),
    Case(["STATE": "69"], 69, "failed"),
    Case(["FETCH": "75"], 75, "incomplete"),
    Case(["FETCH": "77", "LOAD": "75"], 77, "failed"),
    Case(["FETCH": "75", "LOAD": "69"], 69, "failed"),
    Case(["FETCH": "141", "LOAD": "69"], 69, "failed"),
    Case(["FETCH": "137", "LOAD": "75"], 75, "incomplete"),
    Case(["FETCH": "139", "LOAD": "75"], 70, "failed"),
    Case(["LOAD": "137"], 75, "incomplete"),
    Case(["TZ_STATUS": "65"], 65, "failed"),
    Case(["LOAD": "74"], 74, "failed"),
  ])
  func `the first cause decides the status of a run`(scenario: Case) async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let environment = scenario.programs.merging(["TT_STATE_DIR": "state"]) { given, _ in given }
      let outcome = try await StandIns.sync(sandbox, "", environment)
      #expect(outcome.status == scenario.status, "\(outcome.messages)")
      #expect(outcome.output.isEmpty)
      let run = try sandbox.lastRun()
      #expect(run["outcome"] as? String == scenario.outcome)
      #expect(run["status"] as? Int == Int(scenario.status))
    }
  }

  @Test func `nothing is read while the database can't say where it stands`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let outcome = try await StandIns.sync(sandbox, "", ["STATE": "69", "TT_STATE_DIR": "state"])
      #expect(outcome.status == 69)
      #expect(!sandbox.holds("fetch-arguments"))
    }
  }

  @Test func `a run counts what passed`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try sandbox.write(records, to: "records")
      let settings = ["TT_STATE_DIR": "state", "TT_METRICS_FILE": "metrics.prom"]
      #expect(try await StandIns.sync(sandbox, "", settings).status == 0)
      let run = try sandbox.lastRun()
      let counts =
        ["events": 7, "removed": 3, "errors": 3, "full": 1, "delta": 2, "ended": 1]
      #expect(run["counts"] as? [String: Int] == counts)
      #expect(run["mailboxes"] as? [String: Int] == ["read": 2, "no-mailbox": 2, "throttled": 1])
      let metrics = sandbox.lines("metrics.prom")
      #expect(metrics.contains("tracktime_sync_events 7"))
      #expect(metrics.contains("tracktime_sync_success 1"))
      #expect(metrics.contains(#"tracktime_sync_mailboxes{verdict="no-mailbox"} 2"#))
      #expect(metrics.contains(#"tracktime_sync_program_status{program="fetch"} 0"#))
      #expect(metrics.contains { $0.hasPrefix(#"tracktime_sync_resident_memory_bytes{program="#) })
      // Prometheus' text format: each sample belongs to the metric that HELP and TYPE announced.
      var announced = ""
      for line in metrics {
        if let match = line.wholeMatch(of: #/# (?:HELP|TYPE) (tracktime_sync_[a-z_]+) .+/#) {
          announced = String(match.1)
        } else {
          let sample = line.wholeMatch(of: #/([a-z_]+)(?:\{[a-z]+="[a-z-]+"\})? [0-9]+/#)
          #expect(sample.map { String($0.1) } == announced, "\(line)")
        }
      }
      #expect(sandbox.text("loaded").hasSuffix(records))
    }
  }

  private let records = """
    {"record":"round","user":"a","calendar":"primary","mode":"full","counts":{"event":4,"series":1,"removed":0}}
    {"record":"event","user":"b","subject":"\\n{\\"record\\":\\"error\\",\\"class\\":\\"data\\"}"}
    {"record":"round","user":"b","calendar":"primary","mode":"delta","counts":{"event":1,"series":0,"removed":3}}
    {"record":"round","user":"b","calendar":"x","mode":"delta","counts":{"event":2,"series":0,"removed":0}}
    {"record":"error","user":"c","message":"\\"class\\":\\"data\\"","class":"no-mailbox"}
    {"record":"error","user":"d","message":"","class":"no-mailbox"}
    {"record":"error","user":"e","message":"","class":"throttled"}
    {"record":"end","run":"1","counts":{"users":5,"rounds":3,"events":7,"errors":3}}

    """
}
