/// A file's text, and whether others may read it.
package struct TextFile: Sendable {
  package let path: String
  package let text: String
  /// Whether the world or a foreign group may read the file: bad for a secret.
  package let isReadableByOthers: Bool

  /// The file, or a failure (66) that names it.
  package init(path: String) throws {
    guard let file = try TextFile(ifPresent: path) else {
      throw Failure(.missingInput, "cannot read \(path): \(SystemError.noSuchFile)")
    }
    self = file
  }

  /// The file, or nil when there is none.
  package init?(ifPresent path: String) throws {
    do {
      let descriptor = try openForReading(path)
      defer { try? closeChecked(descriptor) }
      self.path = path
      isReadableByOthers = othersMayRead(descriptor)
      text = String(decoding: try Self.bytes(descriptor), as: UTF8.self)
    } catch .noSuchFile {
      return nil
    } catch {
      throw Failure(.missingInput, "cannot read \(path): \(error)")
    }
  }

  private static func bytes(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      var failure: SystemError?
      let count = unsafe chunk.withUnsafeMutableBytes { room in
        do throws(SystemError) { return unsafe try readSome(descriptor, into: room) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      guard count > 0 else { return result }
      result += chunk[..<count]
    }
  }
}
