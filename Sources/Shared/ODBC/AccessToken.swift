internal import CODBC

/// An access token in the form that Microsoft's driver wants before it connects: a length in bytes, then the
/// token with a zero after each of its bytes (`ACCESSTOKEN` in msodbcsql.h, attribute 1256).
@safe final class AccessToken {
  private static let attributeNumber = SQLINTEGER(1256)
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int

  init(_ token: String) {
    let bytes = Array(token.utf8)
    byteCount = 4 + bytes.count * 2
    unsafe base = .allocate(byteCount: byteCount, alignment: 8)
    unsafe base.storeBytes(of: UInt32(bytes.count * 2), as: UInt32.self)
    for (index, byte) in bytes.enumerated() {
      unsafe base.storeBytes(of: byte, toByteOffset: 4 + index * 2, as: UInt8.self)
      unsafe base.storeBytes(of: 0, toByteOffset: 5 + index * 2, as: UInt8.self)
    }
  }

  deinit {
    // A secret does not stay in memory that others will get.
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    unsafe base.deallocate()
  }

  /// The driver copies the token when it connects, so it must live until then.
  func give(to handle: ConnectionHandle) throws(ODBCError) {
    let code = unsafe SQLSetConnectAttr(
      handle.raw, Self.attributeNumber, base, SQLINTEGER(SQL_IS_POINTER))
    try handle.check(code, "SQLSetConnectAttr")
  }
}
