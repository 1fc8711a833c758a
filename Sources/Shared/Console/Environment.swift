/// Settings by name: the process's environment, and a `.env` file for what it doesn't say.
///
/// An empty value counts as none, as scripts write `NAME=` for "not set".
package struct Environment: Sendable {
  private let values: [String: String]
  /// What a person should be told about the files that were read.
  package let warnings: [String]

  package init(_ values: [String: String], warnings: [String] = []) {
    self.values = values.filter { !$0.value.isEmpty }
    self.warnings = warnings
  }

  package subscript(_ name: String) -> String? { values[name] }

  /// The first of several names that is set.
  package func first(of names: String...) -> String? {
    names.lazy.compactMap { values[$0] }.first
  }

  /// Reads the environment and `.env` in the current folder, or the file that an option names.
  init(envFile: String?) throws {
    var values = environmentVariables()
    var warnings: [String] = []
    if let file = try Self.settings(envFile) {
      warnings = file.isReadableByOthers ? [exposureWarning(file.path)] : []
      for (name, value) in try EnvFile.parse(file.text, path: file.path)
      where values[name, default: ""].isEmpty {
        values[name] = value
      }
    }
    self.init(values, warnings: warnings)
  }

  private static func settings(_ envFile: String?) throws -> TextFile? {
    if let envFile { return try TextFile(path: envFile) }
    return try TextFile(ifPresent: ".env")
  }

  /// A secret from a variable, or from the file that `NAME_FILE` names, its last line end dropped.
  package func secret(_ name: String, _ log: Log) throws -> String? {
    if let value = values[name] { return value }
    guard let path = values[name + "_FILE"] else { return nil }
    do {
      return try secret(inFile: path, log)
    } catch let failure as Failure {
      throw Failure(failure.status, "\(name)_FILE: \(failure.message)", hint: failure.hint)
    }
  }

  /// A file's content without the line end that editors put behind it.
  package func secret(inFile path: String, _ log: Log) throws -> String {
    let file = try TextFile(path: path)
    if file.isReadableByOthers { log.warning(exposureWarning(path)) }
    let secret = String(file.text.trimmingSuffix(while: { $0.isNewline }))
    guard !secret.isEmpty else { throw Failure(.configuration, "\(path) is empty") }
    return secret
  }
}

private func exposureWarning(_ path: String) -> String {
  "\(path) holds secrets and others may read it: chmod 600 \(path)"
}

extension StringProtocol {
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let last = rest.last, condition(last) { rest.removeLast() }
    return rest
  }
}
