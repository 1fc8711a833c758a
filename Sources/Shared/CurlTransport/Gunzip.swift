internal import CDeflate
internal import HTTP

/// Unpacks gzip (RFC 1952) in one go, never into more than was allowed.
@safe final class Gunzip {
  private let decompressor: OpaquePointer

  init() throws(TransportError) {
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else {
      throw TransportError(.refusedAddress, "libdeflate has no memory")
    }
    unsafe self.decompressor = decompressor
  }

  deinit { unsafe libdeflate_free_decompressor(decompressor) }

  /// The content of all members; bytes that are no gzip count as a transfer gone wrong.
  func unpack(_ packed: [UInt8], atMostBytes limit: Int) throws(TransportError) -> [UInt8] {
    var content: [UInt8] = []
    var start = 0
    repeat {
      let room = limit - content.count
      let (member, length) = try member(packed[start...], atMostBytes: room)
      // In place: members may be many, and what came before long.
      if content.isEmpty { content = member } else { content += member }
      start += length
      // Padding isn't content: gzip and zlib pass over it too.
    } while packed[start...].contains { $0 != 0 }
    return content
  }

  /// One member's content, and how long the member is.
  private func member(
    _ packed: ArraySlice<UInt8>, atMostBytes limit: Int
  ) throws(TransportError) -> ([UInt8], Int) {
    var capacity = Self.promisedBytes(packed)
    guard capacity <= limit else { throw Self.tooLarge }
    while true {
      var length = 0
      var result = LIBDEFLATE_BAD_DATA
      let content = unsafe packed.withUnsafeBytes { source in
        unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
          unsafe result = libdeflate_gzip_decompress_ex(
            decompressor, source.baseAddress, source.count, target.baseAddress, capacity,
            &length, &count)
          if result != LIBDEFLATE_SUCCESS { count = 0 }
        }
      }
      switch result {
      case LIBDEFLATE_SUCCESS: return (content, length)
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        guard capacity < limit else { throw Self.tooLarge }
        capacity = min(capacity * 2, limit)
      default: throw TransportError(.interrupted, "the compressed answer is damaged")
      }
    }
  }

  /// What the last member says of its length, as far as it can be true: a byte yields at most about a thousand.
  private static func promisedBytes(_ packed: ArraySlice<UInt8>) -> Int {
    let promise = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return max(256, min(promise, packed.count * 1032))
  }

  static let tooLarge = TransportError(.tooLarge, "the compressed answer holds too much")
}
