package import Console
package import ODBC
package import Schema

/// An open database: the connection, and the language it speaks.
package struct Database: ~Copyable {
  package let connection: Connection
  package let dialect: Dialect
  /// How messages call it; no secret is in it.
  package let place: String

  fileprivate init(_ connection: consuming Connection, _ dialect: Dialect, place: String) {
    self.connection = connection
    self.dialect = dialect
    self.place = place
  }
}

/// Opens databases as the settings say, as often as it takes.
package struct DatabaseOpener: Sendable {
  package let settings: DatabaseSettings
  private let password: String?
  private var connectionSettings = Connection.Settings()
  private let log: Log

  package init(option: String?, _ world: World) throws {
    let environment = world.environment
    do {
      settings = try DatabaseSettings(option: option) { environment[$0] }
    } catch {
      throw Failure(.configuration, error.message, hint: error.hint)
    }
    log = world.log
    password = settings.wantsPassword ? try environment.secret("DB_PASSWORD", log) : nil
    connectionSettings.queryTimeoutSeconds = 600
    if settings.sqlitePath == nil, let token = try environment.secret("DB_ACCESS_TOKEN", log) {
      try use(accessToken: token)
    }
    guard !isServerWithoutPassword else {
      throw Failure(
        .configuration, "DB_USER is set, but no password",
        hint: "put it into a file that DB_PASSWORD_FILE names, or into DB_PASSWORD")
    }
    warnAboutCertificate()
  }

  private var isServerWithoutPassword: Bool {
    guard case .server = settings.place else { return false }
    return settings.user != nil && password == nil
  }

  private func warnAboutCertificate() {
    guard case .server(let server) = settings.place, settings.usesFreeTDS,
      !server.trustsCertificate, !server.isEncryptionOff
    else { return }
    log.warning(
      "FreeTDS checks the server's certificate only when freetds.conf says so",
      hint: "set \"ca file\" there, or use Microsoft's driver")
  }

  /// Uses this Entra token, bare as `tt-auth --raw` prints it, for the connections from now on.
  package mutating func use(accessToken: String) throws {
    guard !settings.isSQLite else { return }
    guard !settings.usesFreeTDS else {
      throw Failure(
        .configuration, "FreeTDS cannot log in with an access token",
        hint: "use Microsoft's ODBC Driver 18, or a user and password")
    }
    guard settings.user == nil else {
      throw Failure(
        .configuration, "there is an access token for the database, and a user as well",
        hint: "leave out DB_USER, or UID in TT_DB")
    }
    connectionSettings.accessToken = accessToken
  }

  /// Whether there is anything to open: an SQLite file that isn't there holds nothing.
  package var exists: Bool { settings.sqlitePath.map(fileExists) ?? true }

  /// The language that the database will speak, as far as the settings tell.
  package var expectedDialect: Dialect { settings.isSQLite ? .sqlite : .sqlServer }

  /// What messages call the database.
  package var place: String {
    switch settings.place {
    case .sqlite(let path): path
    case .dsn(let name): "dsn:\(name)"
    case .text(let text): text.place
    case .server(let server): "\(server.server)/\(server.database)"
    }
  }

  /// Connects; for writing an SQLite file is made, with the folder it is in.
  package func open(for purpose: Purpose) throws(DatabaseError) -> Database {
    if purpose == .writing, let path = settings.sqlitePath { makeFolder(of: path) }
    return try connected(connection(for: purpose))
  }

  /// Opens the database for `body`; what fails in it is told with the language that the database turned out to speak.
  package func withDatabase<Result>(
    for purpose: Purpose, doing: String, _ body: (borrowing Database) throws -> Result
  ) throws -> Result {
    let database = try open(for: purpose)
    return try telling(doing, database.dialect) { try body(database) }
  }

  /// A connection by the first driver that there is.
  private func connection(for purpose: Purpose) throws(DatabaseError) -> Connection {
    let dialect = expectedDialect
    var last: ODBCError?
    for text in settings.connectionTexts(password: password, purpose) {
      do throws(ODBCError) {
        return try Connection(text, connectionSettings)
      } catch {
        last = last ?? error
        guard DatabaseFault(error, dialect) == .noDriver else { break }
      }
    }
    throw DatabaseError(
      last ?? ODBCError(call: "SQLDriverConnect", diagnostics: []), dialect, doing: "connect")
  }

  private func connected(_ connection: consuming Connection) throws(DatabaseError) -> Database {
    let dialect: Dialect = connection.product == "SQLite" ? .sqlite : .sqlServer
    let setup =
      dialect == .sqlite
      // Rounds that follow one another change the same pages: copying them into the file less often is half the work.
      ? ["PRAGMA cache_size = -16000", "PRAGMA wal_autocheckpoint = 8000"]
      : [
        // Indexes on computed columns demand these; FreeTDS leaves them to the server's defaults.
        "SET ANSI_NULLS ON; SET ANSI_PADDING ON; SET ANSI_WARNINGS ON; SET ARITHABORT ON;"
          + " SET CONCAT_NULL_YIELDS_NULL ON; SET QUOTED_IDENTIFIER ON; SET XACT_ABORT ON;"
          + " SET NOCOUNT OFF; SET LOCK_TIMEOUT 10000"
      ]
    do throws(ODBCError) {
      for statement in setup { try connection.execute(statement) }
    } catch {
      throw DatabaseError(error, dialect, doing: "connect")
    }
    return Database(connection, dialect, place: place)
  }
}

extension ConnectionText {
  /// `server,port/database`, as far as it says so.
  fileprivate var place: String {
    guard let server = first(of: "Server") else {
      return first(of: "Database", "DSN") ?? "the connection string"
    }
    let port = first(of: "Port").map { ",\($0)" } ?? ""
    return server + port + (first(of: "Database").map { "/\($0)" } ?? "")
  }
}

/// Runs `body`, and says of a call that fails in it what was being done.
package func telling<Result>(
  _ doing: String, _ dialect: Dialect, _ body: () throws -> Result
) throws -> Result {
  do {
    return try body()
  } catch let error as ODBCError {
    throw DatabaseError(error, dialect, doing: doing)
  }
}

/// A failed call with what was being done; turns into a `Failure` where nobody can help it.
package struct DatabaseError: Error, Sendable {
  package let cause: ODBCError
  package let dialect: Dialect
  package let doing: String

  package init(_ cause: ODBCError, _ dialect: Dialect, doing: String) {
    self.cause = cause
    self.dialect = dialect
    self.doing = doing
  }

  package var fault: DatabaseFault { DatabaseFault(cause, dialect) }

  package func failure(place: String) -> Failure {
    Failure(cause, dialect, doing: doing, place: place)
  }
}
