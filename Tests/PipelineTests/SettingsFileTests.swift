import Support
import Testing

/// Who may read a file with secrets, before a program says something about it.
@Suite struct SettingsFileTests {
  private static let warning =
    "tt-tz: warning: .env holds secrets and others may read it: chmod 600 .env\n"

  @Test(arguments: [
    ("600", "own", ""), ("640", "own", ""), ("644", "own", warning), ("604", "own", warning),
    ("600", "foreign", ""), ("640", "foreign", warning),
  ])
  func `settings are for their owner, and for the group that a service runs as`(
    mode: String, group: String, expected: String
  ) async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("LOG_LEVEL=info\n", to: ".env")
      // Only root can give a file to a group that it isn't in.
      let outcome = try await sandbox.shell(
        """
        gid=$(id -g)
        if [[ \(group) == foreign ]]; then gid=$((gid + 1)); fi
        chgrp $gid .env || exit 42
        chmod \(mode) .env && tt-tz </dev/null
        """)
      guard outcome.status != 42 else { return }
      #expect(outcome.status == 0)
      #expect(outcome.messages == expected)
    }
  }
}
