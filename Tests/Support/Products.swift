package import Foundation

/// Where the built programs and the project's files are.
package enum Products {
  /// The folder of the executables that were built with these tests.
  package static let folder: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return runner.deletingLastPathComponent()
  }()

  /// The project's root.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

extension Products {
  /// The full path of one of the project's files.
  package static func path(_ name: String) -> String { root.appendingPathComponent(name).path }
}
