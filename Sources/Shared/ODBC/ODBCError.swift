/// One remark of a driver about a call.
package struct Diagnostic: Equatable, Sendable {
  /// Five characters; drivers disagree about them, so look at `native` first.
  package let state: String
  /// The server's own number, for example 1205 for a deadlock victim.
  package let native: Int
  package let message: String

  package init(state: String, native: Int, message: String) {
    self.state = state
    self.native = native
    self.message = message
  }
}

/// Which ODBC call failed, and what the driver said about it: nothing at all, with some drivers.
package struct ODBCError: Error, Equatable, Sendable {
  /// The C function's name.
  package let call: String
  package let diagnostics: [Diagnostic]
  /// Whether the connection is gone, as far as the driver knows.
  package let isConnectionDead: Bool

  package init(call: String, diagnostics: [Diagnostic], isConnectionDead: Bool = false) {
    self.call = call
    self.diagnostics = diagnostics
    self.isConnectionDead = isConnectionDead
  }

  package func hasState(_ state: String) -> Bool {
    diagnostics.contains { $0.state == state }
  }

  package func hasNative(_ numbers: Int...) -> Bool {
    diagnostics.contains { numbers.contains($0.native) }
  }
}

extension ODBCError: CustomStringConvertible {
  /// The first remark without the drivers' bracketed names in front: the server's own words.
  package var description: String {
    guard let first = diagnostics.first else { return "\(call) failed without a word" }
    var words = first.message[...]
    while words.hasPrefix("["), let end = words.firstIndex(of: "]") {
      words = words[words.index(after: end)...]
    }
    while let last = words.last, last.isWhitespace || last == "." { words.removeLast() }
    let text = words.drop(while: \.isWhitespace)
    return "\(text.isEmpty ? "no message" : text) (\(first.state), \(first.native))"
  }
}
