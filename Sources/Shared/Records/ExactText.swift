internal import NDJSON

/// A text as a key that compares byte for byte: `String` takes "é" and "e" with an accent for the same.
package struct ExactText: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: ExactText, right: ExactText) -> Bool {
    unsafe left.text.utf8Span.span.bytes.isSame(as: right.text.utf8Span.span.bytes)
  }

  package func hash(into hasher: inout Hasher) {
    unsafe text.utf8Span.span.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    hasher.combine(0xFF as UInt8)
  }
}
