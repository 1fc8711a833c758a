import Console
import Database
import Schema

extension Database {
  /// The version of the tables, nil where there are none; tables of a newer version are refused.
  borrowing func knownVersion() throws -> Int? {
    let version = try schemaVersion()
    guard let version, version > SchemaVersion.current else { return version }
    throw Failure(
      .configuration,
      "the tables are of version \(version), and this program knows version"
        + " \(SchemaVersion.current)",
      hint: "use the newer tt-load that made them")
  }
}
