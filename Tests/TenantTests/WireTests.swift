import Glibc
import Testing

@testable import tenant

/// What only a socket shows: framing, cut bodies, resets, keep-alive.
@Suite struct WireTests {
  private func serve(_ respond: @escaping @Sendable (Request) -> Response) throws -> Int {
    let server = try Server(port: 0)
    server.start(respond)
    return server.port
  }

  private func text(_ response: Response) throws -> (text: String, wasReset: Bool) {
    try exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", serve { _ in response })
  }

  @Test func `two requests on one connection get two answers`() throws {
    let port = try serve { Response(200, body: $0.target) }
    let first = "GET /one HTTP/1.1\r\n\r\n"
    let second = "GET /two HTTP/1.1\r\nConnection: close\r\n\r\n"
    let answer = try exchange(first + second, port).text
    #expect(answer.contains("/one") && answer.hasSuffix("/two"))
  }

  @Test func `a body comes by its length or in chunks`() throws {
    let port = try serve { Response(200, body: $0.text) }
    for request in [
      "POST / HTTP/1.1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
    ] {
      #expect(try exchange(request, port).text.hasSuffix("\r\n\r\nhello"))
    }
  }

  @Test func `a cut body is shorter than its head says`() throws {
    var response = Response(200, body: String(repeating: "x", count: 1000))
    response.delivery = .cut
    let (text, wasReset) = try text(response)
    #expect(text.contains("Content-Length: 1000"))
    #expect(text.filter { $0 == "x" }.count == 500)
    #expect(!wasReset)
  }

  @Test func `a reset is one`() throws {
    var response = Response(200, body: String(repeating: "x", count: 1000))
    response.delivery = .reset
    #expect(try text(response).wasReset)
  }

  @Test func `silence sends nothing`() throws {
    var response = Response(200, body: "hello")
    response.delivery = .silence
    #expect(try text(response).text.isEmpty)
  }

  @Test func `a gzip member has its checksum and length, and is shorter than what is in it`() {
    let bytes = gzip(Array("123456789".utf8))
    #expect(bytes.prefix(3) == [0x1F, 0x8B, 8])
    // 0xCBF43926 is the published check value of CRC-32 for these nine bytes.
    #expect(bytes.suffix(8) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
    #expect(gzip([UInt8](repeating: 1, count: 200_000)).count < 2000)
  }
}

/// Sends a request and reads until the connection ends.
private func exchange(_ request: String, _ port: Int) throws -> (text: String, wasReset: Bool) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let connected = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  try #require(connected == 0)
  #expect(sendAll(Array(request.utf8), to: descriptor))
  var bytes: [UInt8] = []
  while true {
    var part = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &part, part.count, 0)
    if count <= 0 { return (String(decoding: bytes, as: UTF8.self), count < 0) }
    bytes += part.prefix(count)
  }
}
