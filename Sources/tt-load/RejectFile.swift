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

/// The file that bad lines go to; made when there is the first one.
struct RejectFile: ~Copyable {
  private let path: String
  private var file: StandardOutput?

  init(path: String) { self.path = path }

  mutating func write(_ line: RawSpan, _ number: Int, _ reason: String) throws {
    try open()
    file?.buffer.appendReject(line, number, reason)
    try file?.flush()
  }

  mutating func writeOverlong(_ number: Int) throws {
    try open()
    file?.buffer.appendOverlong(number)
    try file?.flush()
  }

  private mutating func open() throws {
    guard file == nil else { return }
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, "cannot create \(path): \(SystemError(code: errno))")
    }
    file = StandardOutput(descriptor: descriptor)
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
