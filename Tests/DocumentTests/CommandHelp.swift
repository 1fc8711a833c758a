import Foundation
import Support

/// A program or subcommand as it describes itself.
struct CommandHelp {
  /// The words that call it, for example `["tt-load", "state"]`.
  let words: [String]
  /// Its options with their dashes; the names of one option together.
  let options: [[String]]
  let subcommands: [CommandHelp]

  /// The five programs and all that they show below them.
  static func all() async throws -> [CommandHelp] {
    var result: [CommandHelp] = []
    for program in programs {
      let outcome = try await Sandbox.with {
        try await $0.run(program, ["--experimental-dump-help"])
      }
      let json = try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [String: Any]
      result += CommandHelp(json?["command"] as? [String: Any] ?? [:], under: []).family
    }
    return result
  }

  static let programs = ["tt-auth", "tt-fetch", "tt-tz", "tt-load", "tt-report"]

  /// Itself and everything below it.
  var family: [CommandHelp] { [self] + subcommands.flatMap(\.family) }

  private init(_ json: [String: Any], under parents: [String]) {
    let words = parents + [json["commandName"] as? String ?? ""]
    self.words = words
    options = Self.objects(json["arguments"]).compactMap { argument in
      guard let names = argument["names"] else { return nil }
      return Self.objects(names).compactMap { name in
        (name["name"] as? String).map { (name["kind"] as? String == "long" ? "--" : "-") + $0 }
      }
    }
    subcommands = Self.objects(json["subcommands"])
      .filter { $0["commandName"] as? String != "help" }
      .map { CommandHelp($0, under: words) }
  }

  private static func objects(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }
}
