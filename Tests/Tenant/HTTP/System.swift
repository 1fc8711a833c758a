import Glibc

/// What the system answered when a call failed.
struct SystemCallFailure: Error, CustomStringConvertible {
  let call: String
  let code = errno

  var description: String {
    guard let text = unsafe strerror(code) else { return "\(call): error \(code)" }
    return unsafe "\(call): \(String(cString: text))"
  }
}

/// A socket that listens on 127.0.0.1, and its port.
func listenOnLoopback(port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { throw SystemCallFailure(call: "socket") }
  setFlag(descriptor, level: SOL_SOCKET, option: SO_REUSEADDR)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
      unsafe bind(descriptor, plain, size) == 0 && listen(descriptor, 512) == 0
        && getsockname(descriptor, plain, &size) == 0
    }
  }
  guard bound else { throw SystemCallFailure(call: "listen on port \(port)") }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}

/// The next connection; nil when the listening socket is closed.
func acceptConnection(on descriptor: Int32) -> Int32? {
  while true {
    let connection = accept(descriptor, nil, nil)
    if connection >= 0 {
      setFlag(connection, level: Int32(IPPROTO_TCP), option: TCP_NODELAY)
      return connection
    }
    guard errno == EINTR || errno == ECONNABORTED || errno == EMFILE else { return nil }
  }
}

private func setFlag(_ descriptor: Int32, level: Int32, option: Int32) {
  var on: Int32 = 1
  _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
}

/// Reads what is there, at most 64 KiB; empty at the end or when the connection broke.
func receive(_ descriptor: Int32) -> [UInt8] {
  unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, count in
    var result = unsafe recv(descriptor, room.baseAddress, room.count, 0)
    while result < 0 && errno == EINTR {
      result = unsafe recv(descriptor, room.baseAddress, room.count, 0)
    }
    count = max(0, result)
  }
}

/// Sends all of the bytes; false when the other end went away.
func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  unsafe bytes.withUnsafeBytes { buffer in
    var sent = 0
    while sent < buffer.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[sent...])
      let count = unsafe send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      if count > 0 { sent += count } else if errno != EINTR { return false }
    }
    return true
  }
}

/// Closes so that the other end sees a reset, not an end.
func closeWithReset(_ descriptor: Int32) {
  var linger = linger(l_onoff: 1, l_linger: 0)
  let size = socklen_t(MemoryLayout<Glibc.linger>.size)
  _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, size)
  close(descriptor)
}

func closeSocket(_ descriptor: Int32) { close(descriptor) }

/// Starts a detached thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = unsafe Unmanaged.passRetained(Box(body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { raw in
      if let raw = unsafe raw {
        unsafe Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body()
      }
      return nil
    }, box.toOpaque())
  if status == 0 { pthread_detach(thread) } else { unsafe box.release() }
}

/// Seconds since 1970, with their fraction.
func wallClock() -> Double { seconds(CLOCK_REALTIME) }

/// Seconds of a clock that nobody sets.
func steadyClock() -> Double { seconds(CLOCK_MONOTONIC) }

private func seconds(_ clock: clockid_t) -> Double {
  var now = timespec()
  unsafe clock_gettime(clock, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

func sleep(milliseconds: Int) {
  guard milliseconds > 0 else { return }
  var wait = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
  var rest = timespec()
  while unsafe nanosleep(&wait, &rest) != 0 && errno == EINTR { wait = rest }
}
