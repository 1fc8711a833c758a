internal import Console
internal import Crypto
internal import NDJSON

/// A closed period on its way out: a line about the period, a line an entry, and the digest of all lines in front.
struct ClosedFile: ~Copyable {
  static let digestStart = "{\"record\":\"digest\",\"sha256\":\""

  private var output = StandardOutput()
  private var line = OutputBuffer()
  private var digest = SHA256()

  init(_ period: ClosedPeriod) {
    period.appendHead(to: &line)
    endLine()
  }

  mutating func write(_ entry: ClosedEntry) throws {
    entry.append(to: &line)
    endLine()
    try output.settle()
  }

  consuming func close() throws {
    output.buffer.append(text: Self.digestStart + digest.finalize().hexadecimal + "\"}\n")
    try output.close()
  }

  private mutating func endLine() {
    line.append("\n")
    line.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe digest.update(bufferPointer: $0) }
      output.buffer.append(bytes)
    }
    line.removeAll()
  }
}

extension SHA256.Digest {
  var hexadecimal: String {
    map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}

extension ClosedPeriod {
  fileprivate func appendHead(to line: inout OutputBuffer) {
    line.append(text: "{\"record\":\"closed\",\"version\":\(version),\"from\":\"\(from)\"")
    line.append(text: ",\"to\":\"\(to)\",\"options\":[")
    for (place, option) in options.enumerated() {
      if place > 0 { line.append(",") }
      line.append(safeJSON: option)
    }
    line.append("],\"rules\":")
    if let rules { line.append(safeJSON: rules) } else { line.append("null") }
    line.append("}")
  }
}

extension ClosedEntry {
  fileprivate func append(to line: inout OutputBuffer) {
    line.append("{\"record\":\"entry\"")
    for (name, text) in [
      ("user", user), ("id", id), ("start", start), ("end", end), ("subject", subject),
    ] {
      line.append(text: ",\"\(name)\":")
      line.append(safeJSON: text)
    }
    line.append(",\"parts\":[")
    for (place, part) in parts.enumerated() {
      line.append(text: "\(place > 0 ? "," : ""){\"day\":\"\(part.day)\",\"project\":")
      line.append(safeJSON: part.project)
      line.append(",\"activity\":")
      line.append(safeJSON: part.activity)
      if let billable = part.billable { line.append(text: ",\"billable\":\"\(billable)\"") }
      if let rate = part.rate { line.append(text: ",\"rate\":\"\(rate)\"") }
      line.append(text: ",\"seconds\":\(part.seconds)")
      if let rounded = part.roundedSeconds { line.append(text: ",\"roundedSeconds\":\(rounded)") }
      line.append("}")
    }
    line.append("]}")
  }
}
