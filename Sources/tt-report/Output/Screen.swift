internal import Console

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the terminal allows: its width, colour, bars.
struct Screen: Sendable {
  /// Nil where no terminal is, so that nothing has to be cut.
  var width: Int?
  var colors = false
  var bars = false

  init() {}

  init(_ environment: Environment) {
    guard isTerminal(1) else { return }
    width = environment["COLUMNS"].flatMap(Int.init) ?? Self.terminalWidth() ?? 80
    colors = environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    bars = true
  }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
