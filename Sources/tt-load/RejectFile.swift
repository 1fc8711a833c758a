import Console
import NDJSON
import Records

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file that bad lines go to: made at the start, so that it never holds those of another run.
struct RejectFile: ~Copyable {
  private var file: StandardOutput?

  init(path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, "cannot create \(path): \(SystemError(code: errno))")
    }
    file = StandardOutput(descriptor: descriptor, name: path)
  }

  mutating func write(_ line: RawSpan, _ number: Int, _ reason: String) throws {
    file?.buffer.appendReject(line, number, reason)
    try file?.flush()
  }

  mutating func writeOverlong(_ number: Int) throws {
    file?.buffer.appendOverlong(number)
    try file?.flush()
  }

  /// Keeps a `reject` record of another program as it came.
  mutating func pass(_ line: RawSpan) throws {
    file?.buffer.append(line)
    file?.buffer.append(UInt8(ascii: "\n"))
    try file?.flush()
  }

  consuming func close() throws {
    guard let file = file.take() else { return }
    try file.close()
  }
}

extension OutputBuffer {
  fileprivate mutating func appendReject(_ line: RawSpan, _ number: Int, _ reason: String) {
    RejectRecord.write(tool: "tt-load", line: number, reason: reason, input: line, to: &self)
  }

  fileprivate mutating func appendOverlong(_ number: Int) {
    RejectRecord.writeOverlong(tool: "tt-load", line: number, to: &self)
  }
}
