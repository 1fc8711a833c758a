import Support
import Testing

/// What holds for each of the five programs alike.
@Suite struct EveryProgramTests {
  static let programs = ["tt-auth", "tt-fetch", "tt-tz", "tt-load", "tt-report"]

  @Test(arguments: programs)
  func `help goes to stdout and is no failure`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.run(program, ["--help"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("USAGE: \(program)"))
      #expect(outcome.messages.isEmpty)
    }
  }

  @Test(arguments: programs)
  func `the version is a number on a line`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.run(program, ["--version"])
      #expect(outcome.status == 0)
      #expect(outcome.output.wholeMatch(of: #/[0-9]+\.[0-9]+\.[0-9]+\n/#) != nil)
    }
  }

  @Test(arguments: programs)
  func `an unknown option is status 64 and says where help is`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.run(program, ["--nonsense"])
      #expect(outcome.status == 64)
      #expect(outcome.output.isEmpty)
      #expect(
        outcome.messages == """
          \(program): error: Unknown option '--nonsense'
          \(program): hint: see \(program) --help

          """)
    }
  }

  @Test(arguments: programs)
  func `output to a full disk is status 74`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.shell("\(program) --help >/dev/full")
      #expect(outcome.status == 74)
      #expect(
        outcome.messages == """
          \(program): error: cannot write to standard output: No space left on device
          \(program): hint: free some space there and run again

          """)
    }
  }

  @Test(arguments: programs)
  func `output to a closed descriptor is status 74`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.shell("\(program) --help >&-")
      #expect(outcome.status == 74)
      #expect(outcome.messages.hasPrefix("\(program): error: cannot write to standard output: "))
    }
  }

  @Test(arguments: programs)
  func `a reader that goes away ends the program quietly`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.shell(
        "exec 3> >(:); wait $!; \(program) --help >&3; echo $?")
      #expect(["0\n", "141\n"].contains(outcome.output))
      #expect(outcome.messages.isEmpty)
    }
  }

  @Test(arguments: programs)
  func `a missing settings file is status 66`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.run(program, ["--env-file", "none"])
      #expect(outcome.status == 66)
      #expect(
        outcome.messages == "\(program): error: cannot read none: No such file or directory\n")
    }
  }

  @Test(arguments: programs)
  func `a log level that isn't one is status 78`(program: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.run(program, environment: ["LOG_LEVEL": "loud"])
      #expect(outcome.status == 78)
      #expect(
        outcome.messages == """
          \(program): error: LOG_LEVEL is "loud"
          \(program): hint: it is one of error, warning, info, debug

          """)
    }
  }
}
