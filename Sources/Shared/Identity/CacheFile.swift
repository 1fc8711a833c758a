#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A small file that only this user may read, replaced in one step, and guarded by a lock beside it.
package struct CacheFile: Sendable {
  package let folder: String
  package let name: String

  package init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }

  package var path: String { "\(folder)/\(name)" }

  /// The content; nil when there is no such file, or others may read or write it.
  package func read() -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0,
      status.st_uid == geteuid(), status.st_size < 1 << 20
    else { return nil }
    return readWhole(descriptor, count: Int(status.st_size))
  }

  /// Replaces the file: whoever reads sees the old content or the new one, never a part.
  ///
  /// False when it can't be written.
  package func replace(with bytes: [UInt8]) -> Bool {
    guard makeFolder() else { return false }
    let temporary = "\(path).\(getpid())"
    _ = unsafe unlink(temporary)
    let descriptor = unsafe open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    let isSafe = fsync(descriptor) == 0
    guard close(descriptor) == 0, isSafe, count == bytes.count,
      unsafe rename(temporary, path) == 0
    else {
      _ = unsafe unlink(temporary)
      return false
    }
    return true
  }

  /// Removes the file; whether there was one.
  package func remove() -> Bool { unsafe unlink(path) == 0 }

  /// Does something while no other program holds the lock; waits for the one that does.
  ///
  /// The lock ends with the process, so that a killed program leaves none behind.
  package func withLock<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard makeFolder() else { return try body() }
    let descriptor = unsafe open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return try body() }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) == -1, errno == EINTR {}
    return try body()
  }

  private func makeFolder() -> Bool {
    var parent = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      parent += part
      // The folder itself is for this user alone; folders above it are as usual.
      if !parent.isEmpty { _ = unsafe mkdir(parent, parent == folder ? 0o700 : 0o755) }
      parent += "/"
    }
    var status = stat()
    guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return false
    }
    if status.st_uid == geteuid(), status.st_mode & 0o077 != 0 { _ = unsafe chmod(folder, 0o700) }
    return true
  }
}

private func readWhole(_ descriptor: Int32, count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  let got = unsafe bytes.withUnsafeMutableBytes { room in
    unsafe read(descriptor, room.baseAddress, room.count)
  }
  return got == count ? bytes : nil
}

/// The names in a folder; none when it can't be read.
func fileNames(in folder: String) -> [String] {
  guard let stream = unsafe opendir(folder) else { return [] }
  defer { unsafe closedir(stream) }
  var result: [String] = []
  while let entry = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    result.append(name)
  }
  return result
}
