import Foundation
import Support
import Testing

@Suite struct SettingsTests {
  @Test func `settings come from the environment, then from the file`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try sandbox.write(
        """
        # comment
        export LOG_DIR = "from file" # why
        TT_STATE_DIR='state'
        TT_METRICS_FILE=$(touch executed)
        TT_FETCH_OPTIONS=--parallel 4 --calendar all   # more
        TT_LOAD_OPTIONS="--connections 4"
        TT_ALERT_COMMAND=
        TT_ALERT_COMMAND="printf '%s' \\"a\\$b\\" >alert; cat >/dev/null"

        """, to: "settings")
      let outcome = try await StandIns.sync(
        sandbox, "--env-file settings -- --user a", ["FETCH": "75", "TT_METRICS_FILE": "m.prom"])
      #expect(outcome.status == 75)
      #expect(
        sandbox.text("fetch-arguments")
          == "--env-file settings --parallel 4 --calendar all --user a -\n")
      #expect(sandbox.text("load-arguments") == "--env-file settings --connections 4\n")
      #expect(sandbox.holds("from file"))
      #expect(sandbox.holds("m.prom"))
      #expect(!sandbox.holds("executed"))
      #expect(sandbox.text("alert") == "a")
    }
  }

  @Test(arguments: [
    (["SYNC_INTERVAL_MINUTES": "soon"], "SYNC_INTERVAL_MINUTES is \"soon\""),
    (["SYNC_TIMEOUT_MINUTES": "0"], "SYNC_TIMEOUT_MINUTES is \"0\""),
    (["FULL_SYNC_DAYS": "-1"], "FULL_SYNC_DAYS is \"-1\""),
    (["LOG_RETENTION_DAYS": "0"], "LOG_RETENTION_DAYS is \"0\""),
    (["TT_SHARDS": "3"], "JOB_COMPLETION_INDEX is \"\""),
    (["TT_SHARDS": "3", "JOB_COMPLETION_INDEX": "3"], "JOB_COMPLETION_INDEX is 3, TT_SHARDS 3"),
  ])
  func `a setting that makes no sense is refused`(
    environment: [String: String], message: String
  ) async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let outcome = try await StandIns.sync(sandbox, "", environment)
      #expect(outcome.status == 78)
      #expect(outcome.messages.hasPrefix("tt-sync: error: \(message)\ntt-sync: hint: "))
    }
  }

  @Test(
    arguments: [("--once", 64), ("--env-file", 64), ("--env-file missing", 66)] as [(String, Int32)]
  )
  func `wrong usage is refused`(arguments: String, status: Int32) async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      #expect(try await StandIns.sync(sandbox, arguments).status == status)
    }
  }

  @Test func `a worker reads its own share`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let environment = ["TT_SHARDS": "8", "JOB_COMPLETION_INDEX": "0", "LOG_DIR": "-"]
      #expect(try await StandIns.sync(sandbox, "", environment).status == 0)
      #expect(sandbox.text("fetch-arguments") == "--shard 1/8 -\n")
    }
  }

  @Test func `a mailbox is compared in full when its last full round is too old`() async throws {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      let recent = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -86_400))
      let states = { (link: String, full: String) in
        #"{"record":"state","user":"a","deltaLink":\#(link),"lastFullAt":\#(full),"finishedAt":"x"}"#
          + "\n"
      }
      let old = "\"2020-01-01T00:00:00Z\""
      let future = "\"2999-01-01T00:00:00Z\""
      try sandbox.write(states("\"l\"", future), to: "states")
      _ = try await StandIns.sync(sandbox)
      #expect(sandbox.text("fetch-input") == states("\"l\"", "null"))
      try sandbox.write(states("\"l\"", "\"\(recent)\"") + states("\"l\"", old), to: "states")
      _ = try await StandIns.sync(sandbox)
      #expect(
        sandbox.text("fetch-input") == states("\"l\"", "\"\(recent)\"") + states("\"l\"", "null"))
      _ = try await StandIns.sync(sandbox, "", ["FULL_SYNC_DAYS": "0"])
      #expect(sandbox.text("fetch-input") == sandbox.text("states"))
      _ = try await StandIns.sync(sandbox, "--full")
      #expect(
        sandbox.text("fetch-input") == states("\"l\"", "null") + states("\"l\"", "null"))
    }
  }
}
