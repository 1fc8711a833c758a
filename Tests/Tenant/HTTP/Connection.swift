/// One client's connection: requests are read from it and responses written to it, in turn.
struct Connection: ~Copyable {
  private static let longestHead = 1 << 16
  private static let longestBody = 1 << 23

  private let descriptor: Int32
  private var waiting: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next request; nil when the client is done or what it sent isn't HTTP.
  mutating func nextRequest() -> Request? {
    guard let head = readHead(), var request = Request(head: head) else { return nil }
    if request.header("expect")?.lowercased() == "100-continue" {
      _ = sendAll(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: descriptor)
    }
    guard let body = readBody(of: request) else { return nil }
    request.body = body
    return request
  }

  private mutating func readHead() -> String? {
    while true {
      if let length = headLength() {
        let head = String(decoding: waiting[..<length], as: UTF8.self)
        waiting.removeSubrange(..<(length + 4))
        return head
      }
      guard waiting.count < Self.longestHead, fill() else { return nil }
    }
  }

  /// How long the head is before the empty line that ends it; nil when that hasn't come yet.
  private func headLength() -> Int? {
    unsafe waiting.withUnsafeBufferPointer { bytes in
      var place = 3
      while place < bytes.count {
        if unsafe bytes[place] == 10 && bytes[place - 1] == 13 && bytes[place - 2] == 10
          && bytes[place - 3] == 13
        {
          return place - 3
        }
        place &+= 1
      }
      return nil
    }
  }

  private mutating func readBody(of request: Request) -> [UInt8]? {
    if request.header("transfer-encoding")?.lowercased() == "chunked" { return readChunks() }
    guard let text = request.header("content-length") else { return [] }
    guard let length = Int(text), (0...Self.longestBody).contains(length) else { return nil }
    return take(length)
  }

  private mutating func readChunks() -> [UInt8]? {
    var body: [UInt8] = []
    while let line = readLine(), let size = Int(line.prefix { $0 != ";" }, radix: 16) {
      guard body.count + size <= Self.longestBody, let chunk = take(size) else { return nil }
      body += chunk
      guard readLine() == "" else { return nil }
      if size == 0 { return body }
    }
    return nil
  }

  private mutating func readLine() -> String? {
    while true {
      if let range = waiting.firstRange(of: [13, 10]) {
        let line = String(decoding: waiting[..<range.lowerBound], as: UTF8.self)
        waiting.removeSubrange(..<range.upperBound)
        return line
      }
      guard fill() else { return nil }
    }
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    while waiting.count < count {
      guard fill() else { return nil }
    }
    let bytes = Array(waiting[..<count])
    waiting.removeSubrange(..<count)
    return bytes
  }

  private mutating func fill() -> Bool {
    let bytes = receive(descriptor)
    waiting += bytes
    return !bytes.isEmpty
  }

  /// Sends a response; false when the connection cannot be used again.
  func send(_ response: Response, to request: Request) -> Bool {
    let wire = WireResponse(response, to: request)
    switch response.delivery {
    case .whole:
      return sendAll(wire.head + wire.body, to: descriptor) && !response.closesConnection
    case .cut:
      _ = sendAll(wire.head + wire.body.prefix(wire.body.count / 2), to: descriptor)
      return false
    case .silence: return false
    case .reset:
      _ = sendAll(wire.head + wire.body.prefix(wire.body.count / 3), to: descriptor)
      return false
    }
  }

  consuming func close(withReset: Bool) {
    if withReset { closeWithReset(descriptor) } else { closeSocket(descriptor) }
  }
}

extension Request {
  /// Reads the request line and the headers; nil when they are none.
  fileprivate init?(head: String) {
    let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    self.init(String(words[0]), String(words[1]))
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers.append((parts[0].lowercased(), trimmed(parts[1])))
    }
  }

  var keepsAlive: Bool { header("connection")?.lowercased() != "close" }
}

/// Without the spaces and tabs at both ends.
func trimmed(_ text: Substring) -> String {
  let isBlank = { (character: Character) in character == " " || character == "\t" }
  var rest = text.drop(while: isBlank)
  while let last = rest.last, isBlank(last) { rest.removeLast() }
  return String(rest)
}
