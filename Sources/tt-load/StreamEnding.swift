/// How the input went and ended: what decides the exit status.
struct StreamEnding {
  /// A `stream` record came whose `end` did not yet.
  private(set) var isOpen = false
  /// A stream broke off, and another followed in the same input.
  private(set) var brokeOff = false
  /// The line in the middle of which the input ended.
  var cutLine: Int?
  var events = 0
  /// Lines without `record`, or of a kind that is not known.
  var strangers = 0
  /// Lines that programs before this one could not use.
  var rejectedBefore = 0
  /// Rounds that held other counts than their records said, and the first one's mailbox.
  var filteredRounds = 0
  var firstFiltered: String?

  /// Whether the input was cut off.
  var isCut: Bool { isOpen || brokeOff || cutLine != nil }

  mutating func begin() {
    brokeOff = brokeOff || isOpen
    isOpen = true
  }

  mutating func end() { isOpen = false }
}
