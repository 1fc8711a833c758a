package import NDJSON

/// The product's way out: a buffer in front of a descriptor, every write and the closing checked.
package struct StandardOutput: ~Copyable {
  private static let flushThreshold = 1 << 16

  /// What waits to be written; append to it, then let `settle` decide.
  package var buffer = OutputBuffer()
  private let descriptor: Int32
  /// What messages call it.
  private let name: String

  package init(descriptor: Int32 = 1, name: String = "standard output") {
    self.descriptor = descriptor
    self.name = name
  }

  /// Writes when enough has gathered.
  @inline(__always)
  package mutating func settle() throws {
    if buffer.count >= Self.flushThreshold { try flush() }
  }

  /// Writes everything that waits.
  package mutating func flush() throws {
    guard !buffer.isEmpty else { return }
    defer { buffer.removeAll() }
    do throws(SystemError) {
      try write(buffer, to: descriptor)
    } catch {
      throw outputFailure(error, name)
    }
  }

  /// Writes what waits and closes; a full disk that shows itself only now is an error too.
  package consuming func close() throws {
    try flush()
    do throws(SystemError) {
      try closeChecked(descriptor)
    } catch {
      throw outputFailure(error, name)
    }
  }
}

func write(_ buffer: borrowing OutputBuffer, to descriptor: Int32) throws(SystemError) {
  try buffer.withBytes { bytes throws(SystemError) in
    try unsafe bytes.withUnsafeBytes { pointer throws(SystemError) in
      try unsafe writeAll(pointer, to: descriptor)
    }
  }
}

private func outputFailure(_ error: SystemError, _ name: String) -> any Error {
  if error == .closedPipe { return SilentExit(.closedPipe) }
  let hint = error == .noSpace ? "free some space there and run again" : nil
  return Failure(.inputOutput, "cannot write to \(name): \(error)", hint: hint)
}
