import Foundation
import Support
import Testing

@Suite struct AlertTests {
  private let settings = ["TT_STATE_DIR": "state", "TT_ALERT_COMMAND": "cat >>alerts"]

  private func alerts(_ sandbox: Sandbox) throws -> [[String: Any]] {
    try sandbox.lines("alerts").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }

  private func run(_ sandbox: Sandbox, _ statuses: [Int], _ extra: [String: String] = [:])
    async throws
  {
    for status in statuses {
      var environment = settings.merging(extra) { _, new in new }
      environment["LOAD"] = "\(status)"
      #expect(try await StandIns.sync(sandbox, "", environment).status == Int32(status))
    }
  }

  @Test func `somebody is told once when runs fail and once when they succeed again`() async throws
  {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try await run(sandbox, [0, 69, 69, 65, 0, 0, 69])
      let alerts = try alerts(sandbox)
      #expect(alerts.map { $0["what"] as? String } == ["failed", "recovered", "failed"])
      #expect(alerts.map { $0["status"] as? Int } == [69, 0, 69])
      #expect(alerts.first?["errors"] as? [String] == [#"tt-load: error: no "database""#])
      #expect((alerts.first?["statuses"] as? [String: Int])?["load"] == 69)
    }
  }

  @Test func `short troubles stay quiet when that is asked for`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try await run(sandbox, [69, 69, 0, 69, 69, 69, 0], ["TT_ALERT_AFTER": "3"])
      let alerts = try alerts(sandbox)
      #expect(alerts.map { $0["what"] as? String } == ["failed", "recovered"])
      #expect(alerts.map { $0["failedRuns"] as? Int } == [3, 0])
    }
  }

  @Test func `an alert command that reads nothing has told somebody all the same`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let command = ["TT_ALERT_COMMAND": "exec 0<&-; echo told >>alerts; sleep 0.1"]
      try await run(sandbox, [69, 69, 69, 0], command)
      #expect(sandbox.lines("alerts") == ["told", "told"])
    }
  }

  @Test func `an alert is JSON whatever bytes a program wrote`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try sandbox.write(
        #"""
        #!/usr/bin/env bash
        printf 'tt-load: error: "\\ \t\033[31m \377 %s\n' "$(printf 'ü%.0s' {1..300})" >&2
        exit 69
        """#, to: "bin/tt-load")
      try await run(sandbox, [69])
      let error = try #require((try alerts(sandbox).first?["errors"] as? [String])?.first)
      #expect(error.hasPrefix(#"tt-load: error: "\   [31m  üü"#))
      #expect(error.utf8.count < 520)
    }
  }

  @Test func `a lock that is held for longer than a run may take is told of`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let held = """
        mkdir -p state/work && touch -d '2 hours ago' state/work
        exec 5>>state/lock && flock 5

        """
      let sync =
        "5>&- TT_STATE_DIR=state TT_ALERT_COMMAND='cat >>alerts' \"$TT_ROOT/scripts/tt-sync\"\n"
      let outcome = try await StandIns.script(
        sandbox,
        held + "SYNC_TIMEOUT_MINUTES=240 " + sync + "SYNC_TIMEOUT_MINUTES=60 " + sync + sync)
      #expect(outcome.status == 75)
      let alerts = try alerts(sandbox)
      #expect(alerts.map { $0["outcome"] as? String } == ["blocked"])
      #expect(outcome.messages.contains("error: that run began "))
    }
  }

  @Test func `an alert that could not be sent is sent after the next run`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try await run(sandbox, [69], ["TT_ALERT_COMMAND": "cat >/dev/null; false"])
      #expect(try alerts(sandbox).isEmpty)
      try await run(sandbox, [69, 69])
      #expect(try alerts(sandbox).map { $0["failedRuns"] as? Int } == [2])
    }
  }
}
