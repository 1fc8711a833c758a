import Console

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file without a name that only this process can read: what memory should not hold goes there.
///
/// It is gone with the process, however that ends.
struct ScratchFile: ~Copyable {
  private let descriptor: Int32
  private(set) var count = 0

  init(folder: String) throws {
    var template = Array("\(folder)/tt-load-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure(folder) }
    _ = unsafe unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  mutating func append(_ bytes: RawSpan) throws {
    try unsafe bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let result = unsafe pwrite(
          descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written,
          off_t(count + written))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { throw Self.failure("the folder for temporary files") }
        written += result
      }
    }
    count += bytes.byteCount
  }

  /// Reads `length` bytes that were written from `offset` on.
  func read(at offset: Int, _ length: Int, into room: inout [UInt8]) throws {
    if room.count < length { room = [UInt8](repeating: 0, count: length) }
    try unsafe room.withUnsafeMutableBytes { room in
      var filled = 0
      while filled < length {
        let result = unsafe pread(
          descriptor, room.baseAddress.map { unsafe $0 + filled }, length - filled,
          off_t(offset + filled))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else { throw Self.failure("the folder for temporary files") }
        filled += result
      }
    }
  }

  private static func failure(_ place: String) -> Failure {
    Failure(
      .inputOutput, "cannot keep a round in \(place): \(SystemError(code: errno))",
      hint: "free some space there, or name another folder with TMPDIR")
  }
}
