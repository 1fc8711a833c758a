/// What a program's end means to the script that started it: sysexits(3), the same in all five.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  case usage = 64
  /// Bad input data.
  case badData = 65
  /// An input or a file is missing.
  case missingInput = 66
  /// A service or database can't be reached.
  case unavailable = 69
  /// Our bug.
  case software = 70
  case cannotCreate = 73
  /// A full disk, a write that failed.
  case inputOutput = 74
  /// Run again: some mailboxes failed, or the stream was cut.
  case temporary = 75
  /// Credentials, consent, login.
  case notAllowed = 77
  case configuration = 78
  /// The reader went away, as a shell reports a program that SIGPIPE ended.
  case closedPipe = 141
}
