import ArgumentParser
import Console
import NDJSON

/// `tt-fetch schema`: what the records look like, for people who write a filter of their own.
struct Schema: Tool {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schemas of the records, or of one kind.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "A kind of record, such as event.")
  var kind: String?

  func run(_ world: World) throws {
    var output = StandardOutput()
    if let kind {
      guard let schema = Schemas.all.first(where: { $0.kind == kind }) else {
        let kinds = Schemas.all.map(\.kind).joined(separator: ", ")
        throw Failure(.usage, "no record of kind \(kind)", hint: "there are \(kinds)")
      }
      output.buffer.append(text: schema.json + "\n")
    } else {
      output.buffer.append(text: Schemas.everyKind)
    }
    try output.close()
  }
}

/// The JSON Schemas of `docs/schema`.
enum Schemas {
  /// One schema that any line of the stream meets.
  static var everyKind: String {
    let definitions = all.map { "\"\($0.kind)\": \($0.json)" }.joined(separator: ",\n")
    let choices = all.map { "{\"$ref\": \"#/$defs/\($0.kind)\"}" }.joined(separator: ", ")
    return """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "a line of the stream",
      "oneOf": [\(choices)],
      "$defs": {
      \(definitions)
      }}

      """
  }
}
