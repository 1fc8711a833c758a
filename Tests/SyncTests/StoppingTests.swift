import Foundation
import Support
import Testing

/// Runs are stopped while a stand-in for tt-fetch waits for ever.
@Suite struct StoppingTests {
  private let settings = ["TT_STATE_DIR": "state", "TT_ALERT_COMMAND": "cat >>alerts"]

  private func script(_ text: String, _ extra: [String: String] = [:]) async throws -> (
    Sandbox.Outcome, run: [String: Any], loaded: String, hasAlerted: Bool
  ) {
    try await Sandbox.with { sandbox in
      try StandIns.place(in: sandbox)
      try sandbox.write("", to: "wait")
      try sandbox.write("{\"record\":\"round\",\"user\":\"a\",\"mode\":\"full\"}\n", to: "records")
      let environment = settings.merging(extra) { _, new in new }
      let outcome = try await StandIns.script(sandbox, text, environment)
      return (
        outcome, (try? sandbox.lastRun()) ?? [:], sandbox.text("loaded"), sandbox.holds("alerts")
      )
    }
  }

  private let waitUntilItWaits =
    "for _ in {1..3000}; do [[ -e waiting ]] && break; sleep 0.02; done"

  @Test(arguments: ["TERM", "INT", "HUP"])
  func `a signal ends the reading, and what was read is loaded`(signal: String) async throws {
    let (outcome, run, loaded, hasAlerted) = try await script(
      """
      set -m
      "$TT_ROOT/scripts/tt-sync" & sync=$!
      \(waitUntilItWaits)
      kill -s \(signal) $sync
      wait $sync
      """)
    #expect(outcome.status == 75)
    #expect(run["outcome"] as? String == "stopped")
    #expect((run["statuses"] as? [String: Int])?["load"] == 0)
    #expect(loaded.contains("\"round\""))
    #expect(!hasAlerted)
  }

  @Test func `a run that takes too long is stopped, and that is a failure`() async throws {
    let (outcome, run, _, hasAlerted) = try await script(
      "\"$TT_ROOT/scripts/tt-sync\"", ["SYNC_TIMEOUT_MINUTES": "0.02"])
    #expect(outcome.status == 75)
    #expect(run["outcome"] as? String == "timeout")
    #expect(hasAlerted)
  }

  @Test func `a loop that is told to stop ends with success`() async throws {
    let (outcome, _, _, _) = try await script(
      """
      rm wait
      set -m
      "$TT_ROOT/scripts/tt-sync" --loop & sync=$!
      until grep -qs 'ok in' logs/*.log; do sleep 0.02; done
      kill $sync
      wait $sync
      """)
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test func `a loop runs again after its interval`() async throws {
    let (outcome, _, _, _) = try await script(
      """
      rm wait
      set -m
      "$TT_ROOT/scripts/tt-sync" --loop & sync=$!
      until (($(cat logs/*.log 2>/dev/null | grep -c 'ok in') >= 2)); do sleep 0.05; done
      kill $sync
      wait $sync
      """, ["SYNC_INTERVAL_MINUTES": "0.02"])
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test func `two runs never overlap, not even when the first was killed`() async throws {
    let (outcome, _, _, _) = try await script(
      """
      "$TT_ROOT/scripts/tt-sync" 2>/dev/null & sync=$!
      \(waitUntilItWaits)
      "$TT_ROOT/scripts/tt-sync"; echo $?
      kill -KILL $sync
      "$TT_ROOT/scripts/tt-sync"; echo $?
      rm wait
      until "$TT_ROOT/scripts/tt-sync" 2>/dev/null; do sleep 0.05; done
      echo $?
      """)
    #expect(outcome.output == "75\n75\n0\n")
    #expect(outcome.messages.contains("another run is still going on"))
  }
}
