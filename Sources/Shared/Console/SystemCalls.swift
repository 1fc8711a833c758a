#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the system answers when a call fails.
package struct SystemError: Error, Equatable, Sendable {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The failure of the call that was just made.
  static var last: SystemError { SystemError(code: errno) }

  static let closedPipe = SystemError(code: EPIPE)
  static let noSpace = SystemError(code: ENOSPC)
  static let noSuchFile = SystemError(code: ENOENT)
}

extension SystemError: CustomStringConvertible {
  /// The system's words, for example `No space left on device`.
  package var description: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// Reads what is there into `room`; 0 at the end of input.
func readSome(_ descriptor: Int32, into room: UnsafeMutableRawBufferPointer) throws(SystemError)
  -> Int
{
  while true {
    let count = unsafe read(descriptor, room.baseAddress, room.count)
    if count >= 0 { return count }
    guard errno == EINTR || errno == EAGAIN else { throw .last }
    if errno == EAGAIN { wait(for: POLLIN, on: descriptor) }
  }
}

/// Writes all of the bytes, however many calls that takes.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemError) {
  var rest = unsafe bytes[...]
  while unsafe !rest.isEmpty {
    let slice = unsafe UnsafeRawBufferPointer(rebasing: rest)
    let count = unsafe write(descriptor, slice.baseAddress, slice.count)
    if count >= 0 {
      unsafe rest = rest.dropFirst(count)
      continue
    }
    guard errno == EINTR || errno == EAGAIN else { throw .last }
    // Another program may have made the pipe non-blocking: wait until there is room.
    if errno == EAGAIN { wait(for: POLLOUT, on: descriptor) }
  }
}

func closeChecked(_ descriptor: Int32) throws(SystemError) {
  guard close(descriptor) == 0 else { throw .last }
}

func openForReading(_ path: String) throws(SystemError) -> Int32 {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .last }
  return descriptor
}

/// Whether this is a file that the world may read, or a group that isn't this process's own.
///
/// Root's file, readable by the group that a service runs as (0640), is how a service gets settings that it can't change.
func othersMayRead(_ descriptor: Int32) -> Bool {
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    return false
  }
  return status.st_mode & 0o004 != 0 || (status.st_mode & 0o040 != 0 && status.st_gid != getegid())
}

/// Whether something waits to be read, without waiting for it.
///
/// The end of input counts as something.
func isReady(_ descriptor: Int32) -> Bool {
  var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return unsafe poll(&entry, 1, 0) != 0
}

/// Whether the descriptor is a terminal.
package func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

private func wait(for event: Int32, on descriptor: Int32) {
  var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
  _ = unsafe poll(&entry, 1, -1)
}

/// Opens /dev/null in place of descriptors 0 to 2 that are closed, so that no file gets their number.
///
/// A closed output gets it for reading only: what is written there must fail, not vanish.
func openClosedDescriptors() {
  for (descriptor, mode) in [(Int32(0), O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)]
  where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
    _ = unsafe open("/dev/null", mode)
  }
}

/// Makes writing to a closed pipe, or past the size that files may have, an error that is reported, not the sudden
/// end of the process.
func ignoreWriteSignals() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
}

func endProcess(_ status: ExitStatus) -> Never { exit(status.rawValue) }

/// The environment's variables; a name that stands twice has its first value, as getenv(3) finds it.
func environmentVariables() -> [String: String] {
  var result: [String: String] = [:]
  var entry = unsafe environ
  while let text = unsafe entry.pointee {
    let pair = unsafe String(cString: text)
    if let equals = pair.firstIndex(of: "=") {
      let name = String(pair[..<equals])
      if result[name] == nil { result[name] = String(pair[pair.index(after: equals)...]) }
    }
    unsafe entry += 1
  }
  return result
}
