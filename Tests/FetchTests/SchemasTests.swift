import Foundation
import Support
import Testing

@testable import tt_fetch

/// The schemas in docs/schema, what the program prints, and what it writes.
@Suite struct SchemasTests {
  @Test func `the program prints what docs/schema holds`() throws {
    let folder = Products.path("docs/schema")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == Schemas.all.map { "\($0.kind).json" })
    for (kind, json) in Schemas.all {
      let file = try String(contentsOfFile: "\(folder)/\(kind).json", encoding: .utf8)
      #expect(file == json + "\n", "run scripts/generate-schemas")
    }
  }

  @Test func `the schema of every kind is one JSON document`() throws {
    let document = try JSONSerialization.jsonObject(with: Data(Schemas.everyKind.utf8))
    #expect((document as? [String: Any])?["oneOf"] is [Any])
  }

  @Test func `what tt-auth and tt-fetch write meets the schemas`() async throws {
    let schemas = try Dictionary(
      uniqueKeysWithValues: Schemas.all.map { kind, json in
        (kind, try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:])
      })
    let output = try await Sandbox.with { sandbox in
      try await SimulatedTenant.with(["--people", "2", "--events", "20"]) { tenant in
        try await sandbox.shell("tt-auth; tt-fetch -q", environment: tenant.environment).stdout
      }
    }
    var kinds: Set<String> = []
    for line in output.split(separator: 0x0A) {
      let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
      let kind = record["record"] as? String ?? ""
      kinds.insert(kind)
      let faults = validate(record, try #require(schemas[kind]), at: kind)
      #expect(faults == [])
    }
    #expect(
      kinds.isSuperset(
        of: ["token", "stream", "user", "category", "event", "series", "round", "error", "end"]))
  }

  /// The part of JSON Schema that these schemas use.
  private func validate(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
    var faults: [String] = []
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    if !types.isEmpty, !types.contains(where: { matches(value, $0) }) {
      faults.append("\(place): \(value) is none of \(types)")
    }
    if let constant = schema["const"] as? NSObject, constant != value as? NSObject {
      faults.append("\(place): not \(constant)")
    }
    if let choices = schema["enum"] as? [NSObject],
      !choices.contains(where: { $0 == value as? NSObject })
    {
      faults.append("\(place): not among \(choices)")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      faults.append("\(place): \(text)")
    }
    guard let object = value as? [String: Any] else { return faults }
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      faults.append("\(place).\(name) is missing")
    }
    for (name, part) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      if let member = object[name] { faults += validate(member, part, at: "\(place).\(name)") }
    }
    return faults
  }

  private func matches(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "string": value is String
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "boolean": value is Bool
    default: value is NSNumber
    }
  }
}
