internal import CODBC

/// A text of any length, read in pieces after its row was fetched.
@safe struct LongText {
  let column: Int
  /// Whether a narrow driver sends hexadecimal digits in place of the text.
  private let isHex: Bool
  private(set) var isNull = false
  private(set) var utf8: [UInt8] = []
  private var units: [UInt16] = []

  init(column: Int, isHex: Bool) {
    self.column = column
    self.isHex = isHex
  }

  mutating func read(on statement: SQLHANDLE, _ encoding: Connection.TextEncoding) -> SQLRETURN {
    utf8.removeAll(keepingCapacity: true)
    units.removeAll(keepingCapacity: true)
    isNull = false
    guard encoding == .utf16 else {
      let code = unsafe Self.readPieces(column, on: statement, SQL_C_CHAR, into: &utf8, &isNull)
      if isHex { utf8 = [UInt8](hexDigits: utf8) }
      return code
    }
    let code = unsafe Self.readPieces(column, on: statement, SQL_C_WCHAR, into: &units, &isNull)
    unsafe units.withUnsafeBufferPointer { unsafe UTF16Text.append($0, to: &utf8) }
    return code
  }

  /// Every piece ends with a terminator that is no part of the text.
  private static func readPieces<Unit: FixedWidthInteger>(
    _ column: Int, on statement: SQLHANDLE, _ type: Int32, into text: inout [Unit],
    _ isNull: inout Bool
  ) -> SQLRETURN {
    let width = MemoryLayout<Unit>.size
    var piece = [Unit](repeating: 0, count: 4096)
    while true {
      var length = SQLLEN(0)
      let code = unsafe SQLGetData(
        statement, SQLUSMALLINT(column + 1), SQLSMALLINT(type), &piece, piece.count * width,
        &length)
      guard code != Code.noData else { return Code.success }
      guard succeeded(code) else { return code }
      guard length != Indicator.null else {
        isNull = true
        return code
      }
      let room = piece.count - 1
      guard length == Indicator.noTotal || length / width > room else {
        text += piece[..<(length / width)]
        return code
      }
      text += piece[..<room]
      if piece.count < 1 << 18 { piece = [Unit](repeating: 0, count: piece.count * 4) }
    }
  }
}
