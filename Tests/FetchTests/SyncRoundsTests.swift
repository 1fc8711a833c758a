import Foundation
import Support
import Testing

/// Round after round against a tenant that changes and fails, as a schedule would run them.
@Suite struct SyncRoundsTests {
  private static let breakages = #""reset","cut","silence","html","json","410","401""#
  private static let faults =
    #"{"rate":0.05,"tokenRate":0.05,"retryAfter":0.3,"kinds":["429","429-decimal","429-date","#
    + #""429-bare","500","502","503","504",\#(breakages)]}"#
  /// What a killed program was told to wait, the next one can't know.
  private static let faultsWithoutWaits = #"{"rate":0.05,"kinds":[\#(breakages)]}"#

  private func sync(
    _ sink: inout ModelSink, _ tenant: SimulatedTenant, _ sandbox: Sandbox,
    _ options: [String] = []
  ) async throws -> Int32 {
    try sandbox.write(sink.stateLines, to: "states")
    let outcome = try await sandbox.run(
      "tt-fetch", ["-q", "-"] + options, stdin: "states", environment: tenant.environment)
    try sink.take(outcome.stdout)
    return outcome.status
  }

  @Test(arguments: [true, false])
  func `twenty rounds through faults end with what the tenant holds`(withCrashes: Bool)
    async throws
  {
    try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(
        ["--people", "1", "--events", "15", "--token-lifetime", "3"]
      ) { tenant in
        var sink = ModelSink()
        for round in 1...20 {
          let isKilled = withCrashes && round % 5 == 0
          try await tenant.setFaults(
            isKilled ? Self.faultsWithoutWaits : Self.faults, in: sandbox)
          if isKilled {
            // A killed run leaves some lines, the last one cut.
            try sandbox.write(sink.stateLines, to: "states")
            let killed = try await sandbox.shell(
              "timeout -s KILL 0.\(round) tt-fetch -q - <states", environment: tenant.environment)
            try sink.take(killed.stdout.dropLast(3) + [])
          } else {
            let status = try await sync(&sink, tenant, sandbox)
            #expect([0, 75].contains(status), "round \(round)")
          }
          _ = try await tenant.control("change?count=8&seed=\(round)", "", in: sandbox)
        }
        try await tenant.setFaults("{}", in: sandbox)
        #expect(try await sync(&sink, tenant, sandbox) == 0)
        let truth = try await tenant.truth(
          "from=2020-01-01&to=2032-01-01&private=mask", in: sandbox)
        #expect(truth.count > 100)
        #expect(differences(sink.events, truth) == [])
        var broken = try await tenant.violations(in: sandbox)
        // A dead program's last request may be answered, with a wait, while the next program asks already.
        if withCrashes { broken.removeValue(forKey: "earlyRetry") }
        #expect(broken == [:], "\(broken)")
      }
    }
  }

  @Test(arguments: [
    #"{"requestsAtOnce":3}"#, #"{"rate":0.05,"retryAfter":0.3,"requestsAtOnce":3}"#,
  ])
  func `as many requests at a time as allowed go to a mailbox, and what comes is the same`(
    faults: String
  ) async throws {
    try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(["--people", "3", "--events", "30"]) { tenant in
        var sink = ModelSink()
        let options = ["--calendar", "all", "--private", "keep", "--mailbox-parallel", "3"]
        for round in 1...3 {
          try await tenant.setFaults(faults, in: sandbox)
          #expect([0, 75].contains(try await sync(&sink, tenant, sandbox, options)))
          _ = try await tenant.control("change?count=12&seed=\(round)", "", in: sandbox)
        }
        try await tenant.setFaults(#"{"latencyMs":20,"requestsAtOnce":3}"#, in: sandbox)
        #expect(try await sync(&sink, tenant, sandbox, options) == 0)
        let truth = try await tenant.truth(
          "from=2020-01-01&to=2032-01-01&private=keep&calendars=all", in: sandbox)
        #expect(differences(sink.events, truth) == [])
        let most = try await tenant.statistics(in: sandbox)["mostAtOncePerMailbox"] as? Int ?? 0
        #expect((2...3).contains(most), "\(most)")
        let broken = try await tenant.violations(in: sandbox)
        #expect(broken == [:], "\(broken)")
      }
    }
  }

  @Test func `every calendar of a mailbox is followed, and a full read agrees`() async throws {
    try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(["--people", "2", "--events", "20"]) { tenant in
        var sink = ModelSink()
        let query = "from=2020-01-01&to=2032-01-01&private=keep&calendars=all"
        let options = ["--calendar", "all", "--private", "keep"]
        for round in 1...3 {
          #expect(try await sync(&sink, tenant, sandbox, options) == 0)
          let truth = try await tenant.truth(query, in: sandbox)
          #expect(differences(sink.events, truth) == [])
          _ = try await tenant.control("change?count=12&seed=\(round)", "", in: sandbox)
        }
        #expect(try await sync(&sink, tenant, sandbox, options) == 0)
        var full = ModelSink()
        #expect(try await sync(&full, tenant, sandbox, options + ["--mode", "full"]) == 0)
        let truth = try await tenant.truth(query, in: sandbox)
        #expect(differences(full.events, truth) == [])
        let followed = sink.events
        for (key, event) in full.events {
          for name in ["webLink", "changeKey", "createdDateTime", "lastModifiedDateTime"] {
            let other = followed[key]?[name] as? String
            #expect(event[name] as? String == other, "\(name) of \(key)")
          }
        }
      }
    }
  }
}
