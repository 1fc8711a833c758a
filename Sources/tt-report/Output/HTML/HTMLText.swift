internal import Console
internal import NDJSON

extension OutputBuffer {
  /// Text as the content of an element or of a quoted attribute: no markup, nothing that turns writing around.
  mutating func append(html text: String) {
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "&": append("&amp;")
      case "<": append("&lt;")
      case ">": append("&gt;")
      case "\"": append("&quot;")
      case "'": append("&#39;")
      default: append(text: String(scalar))
      }
    }
  }
}
