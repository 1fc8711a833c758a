internal import Console
internal import Crypto
internal import NDJSON

extension ClosedPeriod {
  /// The file: a line about the period, a line an entry, and the digest of all lines in front of it.
  func write(to output: inout StandardOutput) throws {
    var digest = SHA256()
    var line = OutputBuffer()
    appendHead(to: &line)
    Self.send(&line, &digest, to: &output.buffer)
    for entry in entries {
      entry.append(to: &line)
      Self.send(&line, &digest, to: &output.buffer)
      try output.settle()
    }
    output.buffer.append(text: Self.digestStart + Self.hexadecimal(digest.finalize()) + "\"}\n")
  }

  private static let digestStart = "{\"record\":\"digest\",\"sha256\":\""

  private static func send(
    _ line: inout OutputBuffer, _ digest: inout SHA256, to buffer: inout OutputBuffer
  ) {
    line.append("\n")
    let bytes = line.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    digest.update(data: bytes)
    buffer.append(bytes)
    line.removeAll()
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private func appendHead(to line: inout OutputBuffer) {
    line.append(text: "{\"record\":\"closed\",\"version\":\(Self.version),\"from\":\"\(from)\"")
    line.append(text: ",\"to\":\"\(to)\",\"options\":[")
    for (place, option) in options.enumerated() {
      if place > 0 { line.append(",") }
      line.append(safeJSON: option)
    }
    line.append("],\"rules\":")
    if let rules { line.append(safeJSON: rules) } else { line.append("null") }
    line.append("}")
  }

  /// Reads a file that `write` made; one that was changed since is refused.
  init(path: String) throws {
    let file = try TextFile(path: path)
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: true)
    func broken(_ reason: String) -> Failure {
      Failure(
        .badData, "\(path) is no whole file of tt-report close: \(reason)",
        hint: "take the file from where it is kept safe; nothing was compared")
    }
    guard let last = lines.last, let first = lines.first, lines.count > 1 else {
      throw broken("it has no digest")
    }
    var digest = SHA256()
    for line in lines.dropLast() { digest.update(data: Array((line + "\n").utf8)) }
    guard last == Self.digestStart + Self.hexadecimal(digest.finalize()) + "\"}" else {
      throw broken("its digest doesn't match")
    }
    let head = try? JSONTree(Array(first.utf8))
    guard head?["record"]?.string == "closed", let from = head?["from"]?.string,
      let to = head?["to"]?.string
    else { throw broken("its first line is none of a closed period") }
    guard head?["version"]?.integer == Self.version else {
      throw broken("its version is not known here")
    }
    self.from = from
    self.to = to
    options = head?["options"]?.array.compactMap(\.string) ?? []
    rules = head?["rules"]?.string
    entries = try lines.dropFirst().dropLast().map { line in
      guard let tree = try? JSONTree(Array(line.utf8)), let entry = Entry(tree) else {
        throw broken("a line of it is no entry")
      }
      return entry
    }
  }
}

extension ClosedPeriod.Entry {
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
      line.append(text: ",\"seconds\":\(part.seconds)")
      if let rounded = part.roundedSeconds { line.append(text: ",\"roundedSeconds\":\(rounded)") }
      line.append("}")
    }
    line.append("]}")
  }

  fileprivate init?(_ tree: JSONTree) {
    guard let user = tree["user"]?.string, let id = tree["id"]?.string,
      let start = tree["start"]?.string, let end = tree["end"]?.string,
      let subject = tree["subject"]?.string, let parts = tree["parts"]?.array
    else { return nil }
    self.init(
      user: user, id: id, start: start, end: end, subject: subject,
      parts: parts.compactMap(ClosedPeriod.Part.init))
    guard self.parts.count == parts.count else { return nil }
  }
}

extension ClosedPeriod.Part {
  fileprivate init?(_ tree: JSONTree) {
    guard let day = tree["day"]?.string, let project = tree["project"]?.string,
      let activity = tree["activity"]?.string, let seconds = tree["seconds"]?.integer
    else { return nil }
    self.init(
      day: day, project: project, activity: activity, seconds: seconds,
      roundedSeconds: tree["roundedSeconds"]?.integer)
  }
}
