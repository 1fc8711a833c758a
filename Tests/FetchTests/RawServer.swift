import Foundation

/// A server that says whatever bytes a test wants, on a port of its own.
final class RawServer: Sendable {
  let port: Int
  private let descriptor: Int32

  /// - Parameter serve: is given each connection once its request has come, and whether the connection still holds
  ///   after each piece that it sends.
  init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 16) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = Int(UInt16(bigEndian: address.sin_port))
    descriptor = listener
    Thread.detachNewThread {
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread {
          let connection = Connection(descriptor: client)
          connection.readRequest()
          serve(connection)
          close(client)
        }
      }
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)); close(descriptor) }

  var url: String { "http://127.0.0.1:\(port)/" }

  struct Connection: Sendable {
    let descriptor: Int32

    /// Reads up to the empty line behind the headers.
    func readRequest() {
      var seen: [UInt8] = []
      var byte: UInt8 = 0
      while !seen.suffix(4).elementsEqual([13, 10, 13, 10]), recv(descriptor, &byte, 1, 0) == 1 {
        seen.append(byte)
      }
    }

    /// Sends bytes; false when nobody is there any more.
    @discardableResult func send(_ bytes: [UInt8]) -> Bool {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes {
          Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }

    @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func send(_ head: String, _ body: [UInt8]) {
      if send(head) { send(body) }
    }

    /// Waits until the other end has gone away.
    func waitForEnd() {
      var byte: UInt8 = 0
      while recv(descriptor, &byte, 1, 0) > 0 {}
    }
  }
}
