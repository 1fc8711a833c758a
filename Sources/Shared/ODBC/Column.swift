/// What a column of an answer holds, so that room can be made for it.
package enum Column: Sendable {
  /// A whole number of 64 bits.
  case integer
  /// A text of at most this many UTF-16 units; a longer one is an error, never cut.
  case text(Int)
  /// A text of any length.
  case longText
  /// A text of any length that may hold NULs. SQLite's driver ends texts at the first one: there the query asks
  /// for the text's `hex`, and this turns it back.
  case exactText
}

extension Column {
  /// Whether its values are read one by one, in pieces.
  var isLong: Bool {
    switch self {
    case .integer, .text: false
    case .longText, .exactText: true
    }
  }
}
