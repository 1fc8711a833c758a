internal import CODBC

/// The environment and the connection under every statement; freed when the last of them lets go.
///
/// A statement keeps its connection alive, so that handles are always freed in the order ODBC demands.
@safe final class ConnectionHandle {
  private let environment: SQLHANDLE
  let raw: SQLHANDLE
  /// Set once the connection stands: only then is there something to take down.
  private var isConnected = false

  init() throws(ODBCError) {
    unsafe environment = try Self.makeEnvironment()
    var connection: SQLHANDLE?
    let code = unsafe SQLAllocHandle(HandleKind.connection, environment, &connection)
    guard succeeded(code), let connection = unsafe connection else {
      let remarks = unsafe diagnostics(HandleKind.environment, environment)
      _ = unsafe SQLFreeHandle(HandleKind.environment, environment)
      throw ODBCError(call: "SQLAllocHandle", diagnostics: remarks)
    }
    unsafe raw = connection
  }

  deinit {
    // What was not committed is rolled back: an open transaction would keep the connection from closing.
    if isConnected {
      _ = unsafe SQLEndTran(HandleKind.connection, raw, SQLSMALLINT(SQL_ROLLBACK))
      _ = unsafe SQLDisconnect(raw)
    }
    _ = unsafe SQLFreeHandle(HandleKind.connection, raw)
    _ = unsafe SQLFreeHandle(HandleKind.environment, environment)
  }

  private static func makeEnvironment() throws(ODBCError) -> SQLHANDLE {
    var raw: SQLHANDLE?
    let code = unsafe SQLAllocHandle(HandleKind.environment, nil, &raw)
    guard succeeded(code), let raw = unsafe raw else {
      throw ODBCError(call: "SQLAllocHandle", diagnostics: [])
    }
    let version = unsafe attribute(UInt(SQL_OV_ODBC3))
    _ = unsafe SQLSetEnvAttr(raw, SQLINTEGER(SQL_ATTR_ODBC_VERSION), version, 0)
    return unsafe raw
  }

  func connect(_ connectionString: String) throws(ODBCError) {
    var text = Array(connectionString.utf8)
    let code = unsafe text.withUnsafeMutableBufferPointer { text in
      unsafe SQLDriverConnect(
        raw, nil, text.baseAddress, SQLSMALLINT(text.count), nil, 0, nil,
        SQLUSMALLINT(SQL_DRIVER_NOPROMPT))
    }
    try check(code, "SQLDriverConnect")
    isConnected = true
  }

  /// Throws what the driver says about a call on the connection that failed.
  func check(_ code: SQLRETURN, _ call: String) throws(ODBCError) {
    guard !succeeded(code) else { return }
    throw ODBCError(
      call: call, diagnostics: unsafe diagnostics(HandleKind.connection, raw),
      isConnectionDead: isDead)
  }

  func set(_ attributeNumber: SQLINTEGER, _ value: UInt, _ name: String) throws(ODBCError) {
    try check(unsafe SQLSetConnectAttr(raw, attributeNumber, attribute(value), 0), name)
  }

  /// Whether the driver knows that the server is gone.
  var isDead: Bool {
    guard isConnected else { return true }
    var dead = SQLUINTEGER(0)
    let code = unsafe SQLGetConnectAttr(
      raw, SQLINTEGER(SQL_ATTR_CONNECTION_DEAD), &dead, 0, nil)
    return succeeded(code) && dead == SQLUINTEGER(SQL_CD_TRUE)
  }

  /// A text that the driver or the server tells of itself.
  func info(_ kind: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    var length = SQLSMALLINT(0)
    let code = unsafe SQLGetInfo(raw, SQLUSMALLINT(kind), &text, SQLSMALLINT(text.count), &length)
    guard succeeded(code) else { return "" }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }
}
