/// What a column of an answer holds, so that room can be made for it.
package enum Column: Sendable {
  /// A whole number of 64 bits.
  case integer
  /// A text of at most this many UTF-16 units; a longer one is an error, never cut.
  case text(Int)
  /// A text of any length.
  case longText
}
