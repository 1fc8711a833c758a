import Console
import Foundation
import Support
import Testing

@Suite struct EnvironmentTests {
  private let log = Log(tool: "test", level: .error)

  @Test func `an empty value counts as none`() {
    let environment = Environment(["A": "", "B": "2", "C": "3"])
    #expect(environment["A"] == nil)
    #expect(environment.first(of: "A", "B", "C") == "2")
    #expect(environment.first(of: "A") == nil)
  }

  @Test func `a secret comes from its variable or from the file that is named`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("s3cret = #\n", to: "secret")
      let path = sandbox.folder.appendingPathComponent("secret").path
      let fromFile = Environment(["X_FILE": path])
      #expect(try fromFile.secret("X", log) == "s3cret = #")
      #expect(try Environment(["X": "1", "X_FILE": path]).secret("X", log) == "1")
      #expect(try Environment([:]).secret("X", log) == nil)
    }
  }

  @Test func `a secret's file that is empty is named, with status 78`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("\n", to: "secret")
      let path = sandbox.folder.appendingPathComponent("secret").path
      #expect(throws: Failure(.configuration, "X_FILE: \(path) is empty")) {
        try Environment(["X_FILE": path]).secret("X", log)
      }
    }
  }

  @Test func `a secret's file that is missing is named, with status 66`() throws {
    let environment = Environment(["X_FILE": "/nowhere/secret"])
    let expected = Failure(
      .missingInput, "X_FILE: cannot read /nowhere/secret: No such file or directory")
    #expect(throws: expected) { try environment.secret("X", log) }
  }
}
