internal import NDJSON

/// One line on a terminal's stderr that is written over again and again; nothing where stderr is no terminal.
package struct StatusLine: ~Copyable {
  private let secondsBetween: Double
  private var lastShown = 0.0
  private var isShown = false

  /// Nil unless somebody watches.
  package init?(_ log: Log, secondsBetween: Double = 0.25) {
    guard isTerminal(2), log.format == .text, log.level.rawValue >= Log.Level.info.rawValue else {
      return nil
    }
    self.secondsBetween = secondsBetween
  }

  /// Shows the text in place of the last one, unless that is very new.
  package mutating func show(_ text: @autoclosure () -> String) {
    let now = SystemClock.steadySeconds
    guard now - lastShown >= secondsBetween else { return }
    lastShown = now
    isShown = true
    replace(with: printable(text()))
  }

  /// Clears the line, so that messages begin on an empty one.
  package mutating func clear() {
    guard isShown else { return }
    isShown = false
    replace(with: "")
  }

  private func replace(with text: String) {
    var output = OutputBuffer(capacity: 256)
    output.append(text: "\r\u{1B}[2K\(text)")
    try? write(output, to: 2)
  }
}
