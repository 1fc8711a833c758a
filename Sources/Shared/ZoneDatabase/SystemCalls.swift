#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// No zone file comes near this length.
private let fileLimit = 1 << 20

/// The bytes of a plain file; nil when there is none of that name, or what is there is no file.
///
/// A file that is too long to hold a zone counts as none. The error is the system's words.
func fileBytes(_ path: String) throws(ZoneDatabaseFault) -> [UInt8]? {
  // Non-blocking, so that a pipe of that name holds nobody up.
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    if [ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP].contains(errno) { return nil }
    throw .unreadable(path, systemWords())
  }
  defer { close(descriptor) }
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(path, systemWords()) }
  guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= fileLimit else { return nil }
  var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
  var filled = 0
  while filled < bytes.count {
    let count = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe read(descriptor, room.baseAddress.map { unsafe $0 + filled }, room.count - filled)
    }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .unreadable(path, systemWords()) }
    guard count > 0 else { break }
    filled += count
  }
  return Array(bytes[..<filled])
}

/// The names in a folder, in no order; none when it isn't there.
func names(inFolder path: String) -> [String] {
  guard let folder = unsafe opendir(path) else { return [] }
  defer { unsafe closedir(folder) }
  var result: [String] = []
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { result.append(name) }
  }
  return result
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// What a symbolic link says; nil when there is none of that name.
func linkTarget(_ path: String) -> String? {
  unsafe withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { room in
    guard let start = room.baseAddress else { return nil }
    let length = unsafe readlink(path, start, room.count)
    guard length > 0 else { return nil }
    return unsafe String(decoding: room[..<length], as: UTF8.self)
  }
}

private func systemWords() -> String {
  guard let text = unsafe strerror(errno) else { return "error \(errno)" }
  return unsafe String(cString: text)
}
