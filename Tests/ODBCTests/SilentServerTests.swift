import Foundation
import ODBC
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Servers that don't answer, or hang up: what a driver for SQL Server says then.
@Suite struct SilentServerTests {
  static let hasFreeTDS =
    (try? String(contentsOfFile: "/etc/odbcinst.ini", encoding: .utf8))?.contains("[FreeTDS]")
    ?? false

  /// A port of this machine that connections queue up at.
  private struct Listener: ~Copyable {
    let descriptor: Int32
    let port: UInt16

    init() throws {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let descriptor = descriptor
      let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
          unsafe bind(descriptor, plain, length) + getsockname(descriptor, plain, &length)
        }
      }
      port = UInt16(bigEndian: address.sin_port)
      try #require(code == 0 && listen(descriptor, 8) == 0)
    }

    deinit { close(descriptor) }
  }

  private func connect(_ port: UInt16) -> ODBCError? {
    var settings = Connection.Settings()
    settings.loginTimeoutSeconds = 1
    do throws(ODBCError) {
      _ = try Connection(
        "Driver={FreeTDS};Server=127.0.0.1;Port=\(port);UID=u;PWD=secret;TDS_Version=7.4", settings)
      return nil
    } catch {
      return error
    }
  }

  @Test(.enabled(if: hasFreeTDS, "FreeTDS isn't installed"))
  func `a login that nobody answers ends with its time-out`() throws {
    let listener = try Listener()
    let error = try #require(connect(listener.port))
    #expect(error.diagnostics.first?.native == 20003 || error.hasState("HYT00"), "\(error)")
    #expect(!"\(error)".contains("secret"))
  }

  @Test(.enabled(if: hasFreeTDS, "FreeTDS isn't installed"))
  func `a port that nobody listens at is told as such`() throws {
    let port: UInt16
    do { port = try Listener().port }
    let error = try #require(connect(port))
    #expect(error.hasState("08S01") || error.hasState("08001"), "\(error)")
  }
}
