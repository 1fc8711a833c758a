internal import Console
internal import NDJSON

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file without a name, for a library that must seek in what it writes; gone with the process.
struct ScratchOutput: ~Copyable {
  private let descriptor: Int32

  init(folder: String) throws {
    var template = Array("\(folder)/tt-report-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure("make a file in \(folder)") }
    _ = unsafe unlink(template)
  }

  deinit { close(descriptor) }

  /// Where the library finds the file.
  var path: String { "/dev/fd/\(descriptor)" }

  /// Makes sure that the folder has room for so many bytes, and gives them free again.
  func reserve(_ count: Int) throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while offset < count {
      let written = unsafe zeros.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.failure("write a temporary file") }
      offset += written
    }
    guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("empty a temporary file") }
  }

  /// Copies all of it.
  func copy(to output: inout StandardOutput) throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("read a temporary file") }
      guard count > 0 else { return }
      output.buffer.append(Array(chunk[..<count]))
      try output.settle()
      offset += count
    }
  }

  static func failure(_ what: String) -> Failure {
    Failure(
      .inputOutput, "cannot \(what): \(SystemError(code: errno))",
      hint: "free some space for temporary files, or name another folder with TMPDIR")
  }
}
