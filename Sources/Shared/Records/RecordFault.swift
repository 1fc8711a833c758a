/// Why a record can't be used, though it is good JSON.
package struct RecordFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// For example `"start" is not a date-time: "2026-13-01"`.
  package let description: String

  package init(_ description: String) { self.description = description }
}
