import Support
import Testing

/// The report's totals are what the tenant, which counts for itself, knows to be true.
@Suite struct HoursTests {
  /// The demo's own tenant, in a month of its own.
  private static let people = [
    "--seed", "7", "--people", "12", "--events", "300", "--now", "2026-11-02T12:00:00Z",
  ]

  /// Rows by their keys with their seconds, the total, and the ledger without what is empty.
  ///
  /// The tenant tells names apart by their case, which Outlook doesn't.
  private static let prelude = """
    set -euo pipefail
    export TT_DB=sqlite:t.db
    normal() {
      jq -S '{
        rows: [.rows[] | {user, project: (.project | ascii_downcase), activity, seconds}]
          | group_by(.user, .project, .activity) | map(.[0] + {seconds: (map(.seconds) | add)}),
        total: (.total | {entries, seconds}),
        ledger: (.ledger | with_entries(select(.value.entries > 0)))
      }'
    }
    truth() {
      curl -fsS "$TENANT_URL/_control/hours?from=2026-10-01&to=2026-11-01&by=user,project,activity" | normal
    }
    fetch() { tt-fetch --quiet --mode full --from 2026-09-25 --to 2026-11-10 "$@"; }
    report() {
      tt-report "$@" --quiet --month 2026-10 --by user,project,activity --format json | normal
    }

    """

  @Test(arguments: [
    "fetch | tt-tz --quiet | report - >report",
    "fetch | tt-tz --quiet | tt-load --quiet; report >report",
  ])
  func `the report's hours are the tenant's, to the second`(pipeline: String) async throws {
    try await SimulatedTenant.with(Self.people) { tenant in
      try await Sandbox.with { sandbox in
        let outcome = try await sandbox.shell(
          Self.prelude + pipeline + "\ntruth >truth; diff truth report",
          environment: tenant.environment)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.messages)")
      }
    }
  }
}
