#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Whether there is a file, as far as one may look: what can't be looked at is there, and opening it tells why.
func fileExists(_ path: String) -> Bool {
  unsafe access(path, F_OK) == 0 || errno != ENOENT && errno != ENOTDIR
}

/// Makes the folder that a file is to stand in, and those above it, for this person only.
///
/// A failure shows when the file is opened, with a better message.
func makeFolder(of path: String) {
  var folder = ""
  for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
    folder += part + "/"
    if !fileExists(folder) { _ = unsafe mkdir(folder, 0o700) }
  }
}
