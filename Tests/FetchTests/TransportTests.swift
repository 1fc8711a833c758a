import CurlTransport
import Foundation
import HTTP
import Support
import Testing

/// Servers that do their worst: each answer ends, and in bounded memory.
@Suite struct TransportTests {
  private func fault(
    _ change: (inout CurlSettings) -> Void = { _ in },
    _ serve: @escaping @Sendable (RawServer.Connection) -> Void
  ) throws -> TransportError? {
    let server = try RawServer(serve)
    var settings = CurlSettings(userAgent: "test")
    change(&settings)
    let transport = try CurlTransport(settings)
    return #expect(throws: TransportError.self) {
      _ = try transport.send(Request(.get, server.url))
    }
  }

  private func response(
    _ serve: @escaping @Sendable (RawServer.Connection) -> Void
  ) throws -> Response {
    let server = try RawServer(serve)
    let transport = try CurlTransport(CurlSettings(userAgent: "test"))
    return try transport.send(Request(.get, server.url))
  }

  /// A gzip member of zeros, made by Python.
  private func zipped(_ script: String) async throws -> [UInt8] {
    try await Sandbox.with { sandbox in
      try await sandbox.shell(
        "python3 -c 'import gzip, sys; sys.stdout.buffer.write(\(script))'"
      ).stdout
    }
  }

  private static func head(_ length: Int, _ encoding: String = "gzip") -> String {
    "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(length)\r\n\r\n"
  }

  @Test func `a bomb is refused before it goes off`() async throws {
    let bomb = try await zipped("gzip.compress(bytes(400 << 20), 9)")
    let before = residentMegabytes()
    let fault = try fault { $0.send(Self.head(bomb.count), bomb) }
    #expect(fault?.kind == .tooLarge)
    #expect(residentMegabytes() - before < 64)
  }

  @Test func `a bomb that lies about its size is refused too`() async throws {
    var bomb = try await zipped("gzip.compress(bytes(400 << 20), 9)")
    bomb.replaceSubrange((bomb.count - 4)..., with: [1, 0, 0, 0])
    let lying = bomb
    let fault = try fault({ $0.longestAnswerBytes = 1 << 20 }) {
      $0.send(Self.head(lying.count), lying)
    }
    #expect(fault?.kind == .tooLarge)
  }

  @Test(arguments: [
    (#"gzip.compress(b"whole")"#, "gzip"),
    (#"gzip.compress(b"who") + gzip.compress(b"le")"#, "x-gzip"),
    (#"gzip.compress(b"whole") + bytes(700)"#, "gzip"),
    (#"gzip.compress(b"\xef\xbb\xbf" + b"whole")"#, "GZIP"), (#"b"whole""#, "identity"),
  ])
  func `what is packed is unpacked, in one member or several`(
    script: String, encoding: String
  ) async throws {
    let bytes = try await zipped(script)
    let answer = try response { $0.send(Self.head(bytes.count, encoding), bytes) }
    #expect(String(decoding: answer.body, as: UTF8.self) == "whole")
  }

  @Test(arguments: [
    "b\"not packed at all\"", "gzip.compress(b\"whole\")[:-1] + b\"x\"", "b\"\\x1f\"",
    "gzip.compress(b\"whole\") + b\"junk\"", "gzip.compress(b\"whole\") + bytes(3) + b\"x\"",
  ])
  func `what is damaged is asked for again`(script: String) async throws {
    let bytes = try await zipped(script)
    let fault = try fault { $0.send(Self.head(bytes.count), bytes) }
    #expect(fault?.isTransient == true)
  }

  @Test func `an encoding that nobody asked for is no answer`() throws {
    let fault = try fault { $0.send(Self.head(2, "br"), Array("{}".utf8)) }
    #expect(fault?.isTransient == true)
  }

  @Test func `a flood of headers is refused`() throws {
    let fault = try fault { connection in
      guard connection.send("HTTP/1.1 200 OK\r\n") else { return }
      let line = "X-Flood: " + String(repeating: "x", count: 1000) + "\r\n"
      while connection.send(line) {}
    }
    #expect(fault?.kind == .tooLarge || fault?.kind == .interrupted)
  }

  @Test func `a body without end is refused`() throws {
    let fault = try fault({ $0.longestAnswerBytes = 1 << 20 }) { connection in
      guard connection.send("HTTP/1.1 200 OK\r\n\r\n") else { return }
      while connection.send([UInt8](repeating: 0x20, count: 1 << 16)) {}
    }
    #expect(fault?.kind == .tooLarge)
  }

  @Test(arguments: [
    "HTTP/1.0 200 OK\r\n\r\n{}", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{} left over",
    "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
  ])
  func `an answer ends where its head says`(answer: String) throws {
    #expect(try response { $0.send(answer) }.body == Array("{}".utf8))
  }

  @Test(arguments: ["Content-Length: 3", "Transfer-Encoding: chunked", "Content-Length: -2"])
  func `an answer that ends before is asked for again`(length: String) throws {
    let fault = try fault { $0.send("HTTP/1.1 200 OK\r\n\(length)\r\n\r\n2\r") }
    #expect(fault?.isTransient == true)
  }

  @Test func `silence ends`() throws {
    let fault = try fault({ $0.stallSeconds = 1 }) { $0.waitForEnd() }
    #expect(fault?.isTransient == true)
  }

  @Test func `an answer that trickles ends`() throws {
    let fault = try fault({ $0.stallSeconds = 1 }) { connection in
      guard connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") else { return }
      while connection.send("x") { usleep(50_000) }
    }
    #expect(fault?.isTransient == true)
  }

  @Test func `many requests at a time each get their own answer or end`() throws {
    let server = try RawServer { connection in
      _ = connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    }
    let silent = try RawServer { $0.waitForEnd() }
    var settings = CurlSettings(userAgent: "test")
    settings.stallSeconds = 1
    var engine = try CurlEngine(settings, connections: 8)
    for id in 1...20 { engine.start(Request(.get, id == 7 ? silent.url : server.url), id: id) }
    engine.start(Request(.get, "http://elsewhere.test/"), id: 21)
    var good: Set<Int> = []
    var bad: Set<Int> = []
    while engine.runningCount > 0 {
      engine.wait(atMostSeconds: 5)
      while let completion = engine.nextCompletion() {
        switch completion.result {
        case .success(let response):
          if response.body == Array("ok".utf8) { good.insert(completion.id) }
        case .failure: bad.insert(completion.id)
        }
      }
    }
    #expect(good == Set(1...20).subtracting([7]))
    #expect(bad == [7, 21])
  }

  private func residentMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) / 1024
  }
}
