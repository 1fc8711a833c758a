package import NDJSON

/// A line that could not be used, kept so that it can be played again.
package enum RejectRecord {
  /// Writes the record; `input` is the line, or nil when it was too long to keep.
  ///
  /// Text that is no UTF-8 goes to `inputBase64` instead of `input`; a line that may hold an access token isn't kept.
  package static func write(
    tool: String, line: Int, reason: String, input: RawSpan, to output: inout OutputBuffer
  ) {
    writeHead(tool: tool, line: line, reason: reason, to: &output)
    if holdsToken(input) {
      output.append(",\"input\":null")
    } else if isUTF8(input) {
      output.append(member: "input")
      output.append(jsonString: input)
    } else {
      output.append(member: "inputBase64")
      output.append("\"")
      output.append(base64: input)
      output.append("\"")
    }
    output.append("}\n")
  }

  /// Writes the record of a line whose bytes were not kept.
  package static func writeOverlong(tool: String, line: Int, to output: inout OutputBuffer) {
    writeHead(tool: tool, line: line, reason: overlongReason, to: &output)
    output.append(",\"input\":null}\n")
  }

  package static let overlongReason = "longer than \(LineBuffer.lengthLimit >> 20) MiB"

  private static func writeHead(
    tool: String, line: Int, reason: String, to output: inout OutputBuffer
  ) {
    output.append("{\"record\":\"reject\"")
    output.append(member: "tool", tool)
    output.append(member: "line", line)
    output.append(member: "reason", reason)
  }

  private static func holdsToken(_ line: RawSpan) -> Bool {
    let name = Array("\"accessToken\"".utf8)
    guard line.byteCount >= name.count else { return false }
    return (0...line.byteCount - name.count).contains { start in
      name.indices.allSatisfy { line.byte(at: start + $0) == name[$0] }
    }
  }

  private static func isUTF8(_ bytes: RawSpan) -> Bool {
    unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) != nil }
  }
}

extension OutputBuffer {
  /// Base64 with padding (RFC 4648, 4).
  fileprivate mutating func append(base64 bytes: RawSpan) {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var offset = 0
    while offset < bytes.byteCount {
      let count = min(3, bytes.byteCount - offset)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < count ? UInt32(bytes.byte(at: offset + index)) : 0)
      }
      for index in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * index)) & 63
        append(index <= count ? alphabet[digit] : UInt8(ascii: "="))
      }
      offset += 3
    }
  }
}
