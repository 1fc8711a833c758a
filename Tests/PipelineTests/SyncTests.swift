import Support
import Testing

/// The main job on the simulated tenant: what the database says afterwards is what the tenant says.
@Suite struct SyncTests {
  private static let people = [
    "--seed", "11", "--people", "6", "--events", "60", "--now", "2026-11-02T12:00:00Z",
  ]

  /// Bash functions that the scenarios share.
  private static let prelude = """
    set -euo pipefail
    export TT_DB=sqlite:t.db
    fetch() { tt-fetch --quiet --from 2026-06-01 --to 2027-01-01 "$@"; }
    load() { tt-load --quiet "$@"; }
    change() { curl -fsS -X POST "$TENANT_URL/_control/change?seed=$1&count=$2" >/dev/null; }
    compare() {
      python3 "$TT_ROOT/Tests/PipelineTests/Oracle/compare-with-tenant.py" \\
        t.db "$TENANT_URL" 2026-06-01 2027-01-01
    }
    rows() {
      sqlite3 t.db 'SELECT event_id, updated_at FROM calendar_event ORDER BY 1' | sha256sum
    }

    """

  /// Runs a script against a new tenant and expects it to succeed.
  private func expect(_ script: String) async throws {
    try await SimulatedTenant.with(Self.people) { tenant in
      try await Sandbox.with { sandbox in
        let outcome = try await sandbox.shell(
          Self.prelude + script, environment: tenant.environment)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.messages)")
      }
    }
  }

  @Test func `one sync leaves exactly what the tenant holds`() async throws {
    try await expect(
      "fetch --mode full | tt-tz --quiet | load; compare")
  }

  @Test func `a second sync of the same touches no row`() async throws {
    try await expect(
      """
      fetch --mode full | tt-tz --quiet | load; before=$(rows)
      fetch --mode full | tt-tz --quiet | load; [[ $before == "$(rows)" ]]
      """)
  }

  @Test(arguments: [1, 2, 3])
  func `after changes the database says what the tenant says`(seed: Int) async throws {
    try await expect(
      """
      fetch --mode full | tt-tz --quiet | load
      change \(seed) 60
      fetch --mode full | tt-tz --quiet | load; compare
      """)
  }

  @Test func `jq may stand anywhere in the pipe`() async throws {
    try await expect(
      """
      fetch --mode full | jq -c . | tt-tz --quiet | jq -c . | load
      compare
      """)
  }

  @Test func `going on from the state is as good as reading everything`() async throws {
    try await expect(
      """
      fetch | tt-tz --quiet | load
      for seed in 4 5 6; do
        change $seed 20
        tt-load state | fetch - | tt-tz --quiet | load
      done
      compare
      """)
  }

  /// The moment is a number of bytes that one program has passed on, so that it is the same on any machine.
  @Test(arguments: ["tt-fetch", "tt-tz", "tt-load"], [0, 1_000, 100_000, 400_000])
  func `a program that is killed does no harm`(program: String, bytes: Int) async throws {
    try await expect(
      """
      # Passes some bytes on, kills the program of this job, and then passes on the rest.
      trigger() { head -c \(bytes); pkill -KILL -g 0 -x \(program) || true; cat; }
      fetch --mode full | tt-tz --quiet | load
      change 9 10
      set -m
      (fetch --mode full | trigger | tt-tz --quiet | load) 2>/dev/null &
      wait $! || true
      fetch --mode full | tt-tz --quiet | load
      compare
      """)
  }
}
