/// A response as the bytes that go out.
struct WireResponse {
  private(set) var head: [UInt8] = []
  private(set) var body: [UInt8]

  init(_ response: Response, to request: Request) {
    body = Array(response.body.utf8)
    var headers = response.headers
    if response.header("date") == nil { headers.append(("Date", httpDate(Int(wallClock())))) }
    if acceptsGzip(request) && !body.isEmpty {
      body = gzip(body)
      headers.append(("Content-Encoding", "gzip"))
      headers.append(("Vary", "Accept-Encoding"))
    }
    if response.isChunked {
      body = chunked(body)
      headers.append(("Transfer-Encoding", "chunked"))
    } else {
      headers.append(("Content-Length", String(body.count)))
    }
    if response.closesConnection { headers.append(("Connection", "close")) }
    var text = "HTTP/1.1 \(response.status) \(reasonPhrase(response.status))\r\n"
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    head = Array((text + "\r\n").utf8)
  }
}

private func acceptsGzip(_ request: Request) -> Bool {
  request.header("accept-encoding")?.contains("gzip") ?? false
}

/// The bytes in chunks of a size that no reader's buffer expects.
private func chunked(_ bytes: [UInt8]) -> [UInt8] {
  let chunkSize = 16_381
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count + 64)
  var start = 0
  while start < bytes.count {
    let end = min(start + chunkSize, bytes.count)
    result += Array((String(end - start, radix: 16) + "\r\n").utf8)
    result += bytes[start..<end]
    result += [13, 10]
    start = end
  }
  return result + Array("0\r\n\r\n".utf8)
}
