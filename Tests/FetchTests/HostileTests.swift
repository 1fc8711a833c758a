import Foundation
import Support
import Synchronization
import Testing

/// A tenant whose first mailbox misbehaves.
@Suite struct HostileTests {
  private static let person = "ada.okafor@example.test"

  private struct Run: Sendable {
    let status: Int32
    let messages: String
    let eventCount: Int
    /// Members of the error records.
    let errors: [[String: String]]
    let hasEnded: Bool
    let differences: [String]
    let trapped: Int
  }

  private func run(
    _ plan: String, people: Int = 2, events: Int = 20, shape: String = "mixed",
    retrySeconds: Int = 3600,
    _ options: [String] = []
  ) async throws -> Run {
    try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(
        ["--people", "\(people)", "--events", "\(events)", "--shape", shape]
      ) { tenant in
        try await tenant.setFaults(plan, in: sandbox)
        let outcome = try await sandbox.run(
          "tt-fetch", ["--max-retry-seconds", "\(retrySeconds)"] + options,
          environment: tenant.environment)
        var sink = ModelSink()
        let hasEnded = try sink.take(outcome.stdout)
        let truth = try await tenant.truth(
          "from=2020-01-01&to=2032-01-01&private=mask", in: sandbox)
        let trapped = try await tenant.statistics(in: sandbox)["trapped"] as? Int
        return Run(
          status: outcome.status, messages: outcome.messages,
          eventCount: sink.events.count,
          errors: sink.errors.map { $0.compactMapValues { $0 as? String } }, hasEnded: hasEnded,
          differences: differences(sink.events, truth), trapped: trapped ?? -1)
      }
    }
  }

  private func behaviour(_ name: String) -> String {
    #"{"mailboxes":{"\#(Self.person)":"\#(name)"},"retryAfter":0.1}"#
  }

  @Test(arguments: ["endless", "endlessAlways", "gone", "onePage", "slow"])
  func `what can be cured is cured, whatever it takes`(name: String) async throws {
    let run = try await run(behaviour(name))
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.hasEnded)
    #expect(run.differences == [])
  }

  @Test(arguments: [
    ("evilLink", "data", "foreignLink"), ("redirect", "data", "redirect"),
    ("redirectHere", "data", "redirect"),
  ])
  func `nothing follows a link or redirect to elsewhere`(
    name: String, kind: String, code: String
  ) async throws {
    let run = try await run(behaviour(name))
    #expect(run.status == 75)
    #expect(run.trapped == 0)
    #expect(run.hasEnded)
    let error = run.errors.first { $0["mail"] == Self.person }
    #expect(error?["class"] == kind)
    #expect(error?["code"] == code)
    #expect(run.messages.contains(Self.person))
    #expect(run.messages.contains(code))
  }

  @Test(arguments: [0, 3600])
  func `a mailbox whose category list is junk is read all the same`(
    retrySeconds: Int
  ) async throws {
    let run = try await run(
      behaviour("junkCategories"), retrySeconds: retrySeconds, ["--user", Self.person])
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.eventCount > 0)
    #expect(run.messages.contains("master categories"))
  }

  @Test func `a mailbox that always fails stops nobody else`() async throws {
    let run = try await run(behaviour("fail"), retrySeconds: 2)
    #expect(run.status == 75)
    #expect(run.hasEnded)
    #expect(run.eventCount > 0)
    #expect(run.differences.allSatisfy { $0.hasPrefix("missing") })
    let error = run.errors.first { $0["mail"] == Self.person }
    #expect(error?["class"] == "transient")
  }

  @Test func `people without a mailbox, or kept away by a policy, are no failure`() async throws {
    let run = try await run("{}")
    #expect(run.status == 0)
    #expect(Set(run.errors.map { $0["class"] }) == ["no-mailbox", "denied"])
  }

  @Test func `when nobody may be read that is the failure`() async throws {
    let run = try await run(behaviour("denied"), ["--user", Self.person])
    #expect(run.status == 77)
    #expect(run.messages.contains("hint: grant the application permission Calendars.Read"))
  }

  @Test func `a claims challenge is met in the middle of a run`() async throws {
    let run = try await run(#"{"claimsChallenge":true}"#)
    #expect(run.status == 0)
    #expect(run.differences == [])
  }

  @Test func `30,000 events in one page are read`() async throws {
    let run = try await run(
      behaviour("onePage"), people: 1, events: 30_000, shape: "singles",
      ["--user", Self.person])
    #expect(run.status == 0)
    #expect(run.eventCount == 30_000)
  }
}

/// Whom a run reads, and how it ends.
@Suite struct SelectionTests {
  private func shell(
    _ script: String, people: Int = 3
  ) async throws -> (output: String, status: Int32) {
    try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(["--people", "\(people)", "--events", "4"]) { tenant in
        let outcome = try await sandbox.shell(script, environment: tenant.environment)
        return (outcome.output, outcome.status)
      }
    }
  }

  private static let ids = "grep '\"record\":\"user\"' | sed 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/'"

  @Test func `the shards together are the tenant, and none overlaps`() async throws {
    let (output, _) = try await shell(
      """
      tt-fetch users | \(Self.ids) | sort >all
      for k in 1 2 3; do tt-fetch users --shard $k/3; done | \(Self.ids) | sort >parts
      cmp all parts && [ -s all ] && echo same
      """)
    #expect(output == "same\n")
  }

  @Test func `guests are skipped unless they are asked for, disabled accounts are not`()
    async throws
  {
    let (output, _) = try await shell(
      """
      tt-fetch users >members; tt-fetch users --no-skip-guests >everybody
      grep -c '#EXT#' members; grep -c '#EXT#' everybody
      grep -c '"accountEnabled":false' members
      """)
    #expect(output == "0\n2\n1\n")
  }

  @Test func `only user records on standard input restrict whom it reads`() async throws {
    let (output, status) = try await shell(
      """
      tt-fetch users | grep -m1 '"userType":"Member"' >one
      tt-fetch - -q <one | grep -c '"record":"user"'
      tt-auth >token
      env -u CLIENT_SECRET -u TENANT_ID tt-fetch - -q <token | grep '"record":"end"' | grep -c '"users":7'
      """)
    #expect(output == "1\n1\n")
    #expect(status == 0)
  }

  @Test func `people of whom only the id is known are looked up`() async throws {
    let (output, _) = try await shell(
      """
      tt-fetch users | grep -m1 '"userType":"Member"' >one
      sed 's/.*"id":"\\([^"]*\\)".*/{"record":"user","id":"\\1"}/' one >bare
      tt-fetch users - <bare | grep -c '"userPrincipalName":"[^"]'
      """)
    #expect(output == "1\n")
  }

  @Test func `people are found by mail address too, and whom nobody knows is said in the end`()
    async throws
  {
    let (output, status) = try await shell(
      """
      tt-fetch users >all
      mail=$(jq -r 'select(.record == "user" and .mail != null and .mail != .userPrincipalName) | .mail' all | head -1)
      tt-fetch users --user "$mail" 2>&1 | jq -r 'select(.record == "user") | .mail' | grep -cFx "$mail"
      tt-fetch users --user "$mail,typo@example.test,typo2" 2>words | grep -c '"record":"user"'
      status=${PIPESTATUS[0]}
      grep error: words
      exit "$status"
      """, people: 5)
    #expect(output == "1\n1\ntt-fetch: error: nobody is called typo@example.test, typo2\n")
    #expect(status == 66)
  }

  @Test func `a token that Graph refuses, and nothing to get another, is said so`() async throws {
    let (output, status) = try await shell(
      """
      export AZURE_POD_IDENTITY_AUTHORITY_HOST=http://127.0.0.1:9
      for year in 2099 2020; do
        echo '{"record":"token","accessToken":"x.y.z","expiresAt":"'$year'-01-01T00:00:00Z"}' |
          env -u CLIENT_SECRET -u CLIENT_ID -u TENANT_ID tt-fetch - 2>&1 >/dev/null | grep error:
        echo "${PIPESTATUS[1]}"
      done
      """)
    #expect(
      output == """
        tt-fetch: error: Graph doesn't accept the token from standard input
        77
        tt-fetch: error: the token from standard input has expired
        77

        """)
    #expect(status == 0)
  }

  @Test func `an address that isn't Graph's is called by its name`() async throws {
    let (output, _) = try await shell(
      """
      for tail in /v1.0 '/v1.0/' '?x=1'; do
        GRAPH_ENDPOINT=$GRAPH_ENDPOINT$tail tt-fetch users 2>&1 >/dev/null | grep -o 'error: GRAPH_ENDPOINT says more'
        echo "${PIPESTATUS[0]}"
      done
      GRAPH_ENDPOINT=$GRAPH_ENDPOINT/nowhere tt-fetch users 2>&1 >/dev/null | grep -o 'hint: check GRAPH_ENDPOINT'
      echo "${PIPESTATUS[0]}"
      """)
    let said = "error: GRAPH_ENDPOINT says more\n78\n"
    #expect(output == said + said + said + "hint: check GRAPH_ENDPOINT\n78\n")
  }

  @Test func `the machine's own identity is never asked for through a proxy`() async throws {
    let calls = Mutex(0)
    let proxy = try RawServer { connection in
      calls.withLock { $0 += 1 }
      connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    }
    let address = "http://127.0.0.1:\(proxy.port)"
    let status = try await Sandbox.with { sandbox in
      try await sandbox.run(
        "tt-auth", ["--credential", "managed-identity"],
        environment: ["http_proxy": address, "all_proxy": address, "ALL_PROXY": address]
      ).status
    }
    #expect(status != 0)
    #expect(calls.withLock { $0 } == 0)
  }

  @Test func `a dry run names people and reads none`() async throws {
    let (output, _) = try await shell(
      """
      tt-fetch --dry-run 2>words | grep -c '"record":"user"'
      grep -c 'would read 7 mailboxes in 21 rounds, with 22 requests or more' words
      curl -s "$TENANT_URL/_control/stats" | grep -c calendarView
      """)
    #expect(output == "7\n1\n0\n")
  }

  @Test(arguments: [
    ("tt-fetch | head -1 >/dev/null; echo ${PIPESTATUS[0]}", "141\n"),
    ("tt-fetch >/dev/full 2>/dev/null; echo $?", "74\n"),
    ("echo '{' | tt-fetch - 2>/dev/null; echo $?", "75\n"),
    ("echo '{]' | tt-fetch - 2>/dev/null; echo $?", "65\n"),
    ("echo '{\"record\":\"user\"}' | tt-fetch - 2>/dev/null; echo $?", "65\n"),
    ("CLIENT_SECRET=wrong tt-fetch 2>/dev/null; echo $?", "77\n"),
    ("GRAPH_ENDPOINT=http://10.0.0.1 tt-fetch 2>/dev/null; echo $?", "78\n"),
    ("tt-fetch --from 2026-02-01 --to 2026-01-01 2>/dev/null; echo $?", "64\n"),
    ("tt-fetch --from tomorrow 2>/dev/null; echo $?", "64\n"),
    ("tt-fetch --shard 3/2 2>/dev/null; echo $?", "64\n"),
    ("tt-fetch ada 2>/dev/null; echo $?", "64\n"),
  ])
  func `a run ends with the status that scripts expect`(
    script: String, expected: String
  ) async throws {
    #expect(try await shell(script).output == expected)
  }
}
