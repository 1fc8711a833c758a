extension Tenant {
  /// `GET /_control/stats`.
  func statistics() -> Response {
    let traffic = traffic.withLock { $0 }
    return .object { json in
      json.member("requests") { write(traffic.requests, &$0) }
      json.member("calls", traffic.calls)
      json.member("statuses") { statuses in
        for (status, count) in traffic.statuses.sorted(by: { $0.key < $1.key }) {
          statuses.member(String(status), count)
        }
      }
      json.member("faults") { write(traffic.faults, &$0) }
      json.member("trapped", traffic.trapped)
      json.member("mostAtOnce", traffic.mostAtOnce)
      json.member("mostAtOncePerMailbox", traffic.mostAtOncePerMailbox.values.max() ?? 0)
      json.member("violations") { violations in
        for violation in Traffic.Violation.allCases {
          violations.member(violation.rawValue, traffic.violations[violation] ?? 0)
        }
      }
    }
  }

  private func write(_ counts: [String: Int], _ json: inout JSONText) {
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { json.member(name, count) }
  }
}
