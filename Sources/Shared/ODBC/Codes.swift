internal import CODBC

/// The outcome of a call, by its name in the standard.
enum Code {
  static let success = SQLRETURN(SQL_SUCCESS)
  static let successWithInfo = SQLRETURN(SQL_SUCCESS_WITH_INFO)
  static let noData = SQLRETURN(SQL_NO_DATA)
}

/// Kinds of handles, typed as the calls want them: the C macros are plain integers.
enum HandleKind {
  static let environment = SQLSMALLINT(SQL_HANDLE_ENV)
  static let connection = SQLSMALLINT(SQL_HANDLE_DBC)
  static let statement = SQLSMALLINT(SQL_HANDLE_STMT)
}

/// Lengths that are no lengths.
enum Indicator {
  static let null = SQLLEN(SQL_NULL_DATA)
  /// There is more, and the driver doesn't know how much.
  static let noTotal = SQLLEN(SQL_NO_TOTAL)
}

/// Whether a call did its work, perhaps with a remark.
func succeeded(_ code: SQLRETURN) -> Bool {
  code == Code.success || code == Code.successWithInfo
}

/// A number as the pointer that attribute calls take in its place.
func attribute(_ value: UInt) -> SQLPOINTER? {
  unsafe SQLPOINTER(bitPattern: value)
}
