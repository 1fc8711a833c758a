internal import CDeflate

/// A gzip member (RFC 1952) of the bytes, packed as quickly as possible: clients unpack it all the same.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  guard let packer = unsafe libdeflate_alloc_compressor(1) else { return [] }
  defer { unsafe libdeflate_free_compressor(packer) }
  let room = unsafe libdeflate_gzip_compress_bound(packer, bytes.count)
  return unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
    unsafe bytes.withUnsafeBytes { source in
      unsafe count = libdeflate_gzip_compress(
        packer, source.baseAddress, source.count, target.baseAddress, room)
    }
  }
}
