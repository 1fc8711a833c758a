internal import CCurl

/// What libcurl wants to be woken for: sockets, and a moment.
///
/// Only transfers whose socket has something are looked at then, however many there are. A class, since libcurl's
/// callbacks find it by its address.
@safe final class SocketWatch {
  private var sockets: [pollfd] = []
  /// On the steady clock; nil when libcurl waits for sockets alone.
  private var deadline: Int64?

  /// Tells libcurl to tell us.
  func attach(to multi: UnsafeMutableRawPointer) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    _ = unsafe tt_curl_multi_watch(multi, watchSocket, watchTime, context)
  }

  /// Waits once and lets libcurl go on with what is ready; says how many transfers are still under way.
  func step(_ multi: UnsafeMutableRawPointer, until end: Int64) -> Int {
    let now = Self.now
    var running: Int32 = -1
    // What is due at once, as each new transfer is, needs no look at the sockets first.
    if let due = deadline, due <= now {
      deadline = nil
      _ = unsafe curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
      return Int(running)
    }
    let wait = Int32(clamping: max(0, min(end, deadline ?? end) - now))
    let count = unsafe sockets.withUnsafeMutableBufferPointer { buffer in
      unsafe poll(buffer.baseAddress, nfds_t(buffer.count), wait)
    }
    guard count > 0 else { return Int(running) }
    // Callbacks change the list while it is worked off.
    for socket in sockets where socket.revents != 0 {
      _ = unsafe curl_multi_socket_action(
        multi, socket.fd, Self.readiness(socket.revents), &running)
    }
    return Int(running)
  }

  static var now: Int64 { tt_steady_milliseconds() }

  private static func readiness(_ events: Int16) -> Int32 {
    var result: Int32 = 0
    if events & Int16(POLLIN) != 0 { result |= CURL_CSELECT_IN }
    if events & Int16(POLLOUT) != 0 { result |= CURL_CSELECT_OUT }
    if events & ~Int16(POLLIN | POLLOUT) != 0 { result |= CURL_CSELECT_IN | CURL_CSELECT_ERR }
    return result
  }

  fileprivate func watch(_ descriptor: Int32, _ what: Int32) {
    let place = sockets.firstIndex { $0.fd == descriptor }
    guard what != CURL_POLL_REMOVE else {
      if let place { sockets.remove(at: place) }
      return
    }
    var events: Int16 = 0
    if what & CURL_POLL_IN != 0 { events |= Int16(POLLIN) }
    if what & CURL_POLL_OUT != 0 { events |= Int16(POLLOUT) }
    if let place {
      sockets[place].events = events
    } else {
      sockets.append(pollfd(fd: descriptor, events: events, revents: 0))
    }
  }

  fileprivate func wake(after milliseconds: Int) {
    deadline = milliseconds < 0 ? nil : Self.now + Int64(milliseconds)
  }
}

private func watchSocket(
  _: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t, _ what: Int32,
  _ context: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return 0 }
  unsafe Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().watch(descriptor, what)
  return 0
}

private func watchTime(
  _: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return 0 }
  unsafe Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().wake(after: milliseconds)
  return 0
}
