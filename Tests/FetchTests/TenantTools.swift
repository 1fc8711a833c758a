import Foundation
import Support
import Testing

/// What tests of tt-fetch do with a simulated tenant.
extension SimulatedTenant {
  func control(
    _ path: String, _ body: String? = nil, in sandbox: Sandbox
  ) async throws -> [UInt8] {
    try sandbox.write(body ?? "", to: "control-body")
    let method = body == nil ? "" : "-X POST --data-binary @control-body"
    return try await sandbox.shell("curl -fsS \(method) '\(url)/_control/\(path)'").stdout
  }

  func setFaults(_ plan: String, in sandbox: Sandbox) async throws {
    _ = try await control("faults", plan, in: sandbox)
  }

  func statistics(in sandbox: Sandbox) async throws -> [String: Any] {
    let bytes = try await control("stats", in: sandbox)
    return try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
  }

  /// The rules that clients broke, but for what killed programs can't help.
  func violations(in sandbox: Sandbox) async throws -> [String: Int] {
    let all = try await statistics(in: sandbox)["violations"] as? [String: Int] ?? [:]
    return all.filter { $0.value > 0 }
  }

  /// The rows that a right sync has stored, by person, calendar and id.
  func truth(_ query: String, in sandbox: Sandbox) async throws -> [String: [String: Any]] {
    var result: [String: [String: Any]] = [:]
    for line in try await control("truth?\(query)", in: sandbox).split(separator: 0x0A) {
      let row = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
      let words = ["user", "calendar", "id"].map { row[$0] as? String ?? "" }
      result[words.joined(separator: " ")] = row
    }
    return result
  }
}

/// Compares what a sink holds with what a tenant holds; says what differs, a few of it.
func differences(
  _ held: [String: [String: Any]], _ truth: [String: [String: Any]]
) -> [String] {
  var result: [String] = []
  for key in Set(held.keys).subtracting(truth.keys) { result.append("too much: \(key)") }
  for (key, row) in truth {
    guard let event = held[key] else {
      result.append("missing: \(key)")
      continue
    }
    for name in [
      "subject", "categories", "showAs", "sensitivity", "isCancelled", "type", "isAllDay",
      "changeKey", "iCalUId", "seriesMasterId",
    ] where !same(event[name], row[name]) {
      result.append("\(name) of \(key)")
    }
    let start = (event["start"] as? [String: String])?["dateTime"] ?? ""
    if event["isAllDay"] as? Bool == false,
      (row["startUtc"] as? String)?.prefix(19) != start.prefix(19)
    {
      result.append("start of \(key)")
    }
  }
  return Array(result.prefix(5))
}

private func same(_ left: Any?, _ right: Any?) -> Bool {
  let left = left is NSNull ? nil : left as? NSObject
  let right = right is NSNull ? nil : right as? NSObject
  return left == right
}
