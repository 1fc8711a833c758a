internal import CODBC

/// One connection to a database, closed when its owner lets go of it.
///
/// Statements run in autocommit; transactions are opened by SQL text, since the engines open them differently.
package struct Connection: ~Copyable {
  /// How texts travel: SQLite's driver takes UTF-8; SQL Server's drivers are exact with UTF-16 only.
  package enum TextEncoding: Sendable { case utf8, utf16 }

  /// What a connection should be like.
  package struct Settings: Sendable {
    package var loginTimeoutSeconds = 15
    /// 0 waits for ever.
    package var queryTimeoutSeconds = 0
    /// An Entra access token in place of a login; only Microsoft's driver takes one.
    package var accessToken: String?

    package init() {}
  }

  let handle: ConnectionHandle
  package let encoding: TextEncoding
  /// The server's product name, for example `SQLite` or `Microsoft SQL Server`.
  package let product: String
  package let productVersion: String
  package let driverName: String
  private let queryTimeoutSeconds: Int
  private let shelf = KeptStatement.Shelf()

  /// Connects; the connection string may hold secrets and never gets into an error.
  package init(_ connectionString: String, _ settings: Settings = Settings()) throws(ODBCError) {
    let handle = try ConnectionHandle()
    // Drivers that know no login time-out refuse it: that is no reason not to connect.
    try? handle.set(
      SQLINTEGER(SQL_ATTR_LOGIN_TIMEOUT), UInt(max(0, settings.loginTimeoutSeconds)),
      "SQLSetConnectAttr")
    try Self.connect(handle, connectionString, settings.accessToken.map(AccessToken.init))
    self.handle = handle
    product = handle.info(SQL_DBMS_NAME)
    productVersion = handle.info(SQL_DBMS_VER)
    driverName = handle.info(SQL_DRIVER_NAME)
    encoding = product == "SQLite" ? .utf8 : .utf16
    queryTimeoutSeconds = settings.queryTimeoutSeconds
  }

  private static func connect(
    _ handle: ConnectionHandle, _ connectionString: String, _ token: AccessToken?
  ) throws(ODBCError) {
    // The driver reads the token while it connects.
    defer { withExtendedLifetime(token) {} }
    try token?.give(to: handle)
    try handle.connect(connectionString)
  }

  /// Whether the driver knows that the server is gone.
  package var isDead: Bool { handle.isDead }

  /// A statement that can be run many times with other parameters.
  package borrowing func prepare(_ sql: String) throws(ODBCError) -> Statement {
    var statement = try makeStatement()
    try statement.prepare(sql)
    return statement
  }

  /// The same statement each time, prepared once: for what is run again and again with long pauses between.
  package borrowing func kept(_ sql: String) throws(ODBCError) -> KeptStatement {
    try shelf.statement(sql) { () throws(ODBCError) in try prepare(sql) }
  }

  /// Runs statements and returns how many rows the last of them touched.
  @discardableResult
  package borrowing func execute(_ sql: String) throws(ODBCError) -> Int {
    var statement = try makeStatement()
    try statement.executeDirectly(sql)
    return try statement.finishCounting()
  }

  private borrowing func makeStatement() throws(ODBCError) -> Statement {
    try Statement(
      on: handle, encoding: encoding, queryTimeoutSeconds: queryTimeoutSeconds)
  }
}
