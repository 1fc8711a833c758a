/// Why a program stops: what a person is told, and the status that a script gets.
package struct Failure: Error, Equatable, Sendable {
  package let status: ExitStatus
  /// What failed, on what: no capital in front, no full stop behind.
  package let message: String
  /// What to do now, where something can be done.
  package let hint: String?

  package init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }
}

/// Ends a program with a status and no further word: the reader is gone, or everything was said already.
package struct SilentExit: Error, Equatable, Sendable {
  package let status: ExitStatus

  package init(_ status: ExitStatus) { self.status = status }
}
