/// Which database to use: from `--db`, `TT_DB` or the `DB_…` variables, else a SQLite file of one's own.
package struct DatabaseSettings: Equatable, Sendable {
  package enum Place: Equatable, Sendable {
    case sqlite(path: String)
    case dsn(String)
    /// A connection string as it was given.
    case text(ConnectionText)
    /// A server put together from the `DB_…` variables.
    case server(Server)
  }

  package struct Server: Equatable, Sendable {
    package var server: String
    package var database: String
    package var driver: String
    package var encrypt: String
    package var trustsCertificate: Bool

    package var isEncryptionOff: Bool {
      ["no", "optional", "false", "0"].contains(encrypt.lowercased())
    }
  }

  /// Why settings can't be used, and what to do about it.
  package struct Fault: Error, Equatable, Sendable {
    package let message: String
    package let hint: String?
  }

  package let place: Place
  /// Whose login it is, where anything says so.
  package let user: String?
  package var usesFreeTDS: Bool { driver?.lowercased().contains("tds") ?? false }

  /// Reads the settings; `setting` looks up a variable.
  package init(option: String?, setting: (String) -> String?) throws(Fault) {
    if let option {
      place = try Self.place(option, source: "--db")
    } else if let text = setting("TT_DB") {
      place = try Self.place(text, source: "TT_DB")
    } else if let server = setting("DB_SERVER") {
      place = .server(try Self.server(server, setting))
    } else if setting("DB_NAME") != nil {
      throw Fault(message: "DB_NAME is set, but not DB_SERVER", hint: "set DB_SERVER")
    } else {
      place = .sqlite(path: try Self.defaultPath(setting))
    }
    user = place.namedUser ?? (place.wantsUser ? setting("DB_USER") : nil)
    guard option == nil || !place.hasPassword else { throw .passwordInOption }
  }

  private static func place(_ text: String, source: String) throws(Fault) -> Place {
    if let path = text.suffix(after: "sqlite:") {
      // The driver has no way to quote a path.
      guard !path.isEmpty, !path.contains(where: { ";{}\n".contains($0) }) else {
        throw Fault(
          message: "\(source) names no file that the SQLite driver can open",
          hint: "give sqlite:PATH, without ; { or } in the path")
      }
      return .sqlite(path: path)
    }
    if let name = text.suffix(after: "dsn:") {
      guard !name.isEmpty, !name.contains(where: { ";={}".contains($0) }) else {
        throw Fault(
          message: "\(source) says dsn: and then \(name.isEmpty ? "no name" : "more than a name")",
          hint: "give dsn:NAME, or DSN=NAME;… with further settings in TT_DB")
      }
      return .dsn(name)
    }
    let connection = ConnectionText(text)
    guard connection.first(of: "Driver", "DSN", "FileDSN") != nil else {
      guard connection.first(of: "Server", "Database") == nil else {
        throw Fault(
          message: "the connection string of \(source) names no driver",
          hint: "begin it with DRIVER={ODBC Driver 18 for SQL Server};")
      }
      throw Fault(
        message: "\(source) is none of sqlite:PATH, dsn:NAME and an ODBC connection string",
        hint: "for example sqlite:calendar.db")
    }
    return .text(connection)
  }

  private static func server(
    _ server: String, _ setting: (String) -> String?
  ) throws(Fault) -> Server {
    guard let database = setting("DB_NAME") else {
      throw Fault(message: "DB_SERVER is set, but not DB_NAME", hint: "set DB_NAME")
    }
    let parts = server.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy(\.isNumber) {
      throw Fault(
        message: "DB_SERVER has a port behind a colon: \(server)",
        hint: "a comma goes there: \(parts[0]),\(parts[1])")
    }
    return Server(
      server: server, database: database,
      driver: setting("DB_DRIVER") ?? "ODBC Driver 18 for SQL Server",
      encrypt: setting("DB_ENCRYPT") ?? "yes",
      trustsCertificate: try flag("DB_TRUST_SERVER_CERTIFICATE", setting))
  }

  private static func flag(_ name: String, _ setting: (String) -> String?) throws(Fault) -> Bool {
    switch setting(name)?.lowercased() {
    case nil, "no", "false", "0": return false
    case "yes", "true", "1": return true
    case let value?: throw Fault(message: "\(name) is \"\(value)\"", hint: "it is yes or no")
    }
  }

  private static func defaultPath(_ setting: (String) -> String?) throws(Fault) -> String {
    if let folder = setting("XDG_DATA_HOME") { return folder + "/tracktime365/tracktime365.db" }
    guard let home = setting("HOME") else {
      throw Fault(message: "no database is named", hint: "set TT_DB or give --db sqlite:PATH")
    }
    return home + "/.local/share/tracktime365/tracktime365.db"
  }
}

extension DatabaseSettings {
  private var driver: String? {
    switch place {
    case .server(let server): server.driver
    case .text(let text): text.first(of: "Driver")
    case .dsn, .sqlite: nil
    }
  }

  /// The file, when this is an SQLite database of `sqlite:PATH`.
  package var sqlitePath: String? {
    guard case .sqlite(let path) = place else { return nil }
    return path
  }

  /// Whether this is SQLite, as far as the settings tell: a DSN's name doesn't.
  package var isSQLite: Bool { place.isSQLite }

  /// Whether to take `DB_PASSWORD`: there is a login that lacks one.
  package var wantsPassword: Bool {
    if case .dsn = place { return true }
    return user != nil && !place.hasPassword
  }

  /// The connection strings to try, one after the other until a driver is found.
  ///
  /// An SQLite file that isn't there is made only for writing.
  package func connectionTexts(password: String?, _ purpose: Purpose) -> [String] {
    switch place {
    case .sqlite(let path):
      // The installation's own name for the driver, then where distributions put it.
      return Self.sqliteDrivers.map { driver in
        "Driver=\(driver);Database=\(path);\(Self.sqliteOptions)\(purpose.sqliteOptions)"
      }
    case .dsn(let name):
      var text = ConnectionText()
      text.append("DSN", name)
      user.map { text.append("UID", $0) }
      password.map { text.append("PWD", $0) }
      return [text.text]
    case .text(var text):
      if place.namedUser == nil, let user { text.append("UID", user) }
      if let password { text.append("PWD", password) }
      return [completed(text)]
    case .server(let server): return [text(of: server, password)]
    }
  }

  private static let sqliteOptions =
    "FKSupport=1;SyncPragma=NORMAL;Timeout=1000"

  private static let sqliteDrivers =
    ["SQLite3"]
    + [
      "/usr/lib/x86_64-linux-gnu/odbc", "/usr/lib/aarch64-linux-gnu/odbc", "/usr/lib/odbc",
      "/usr/lib64", "/usr/lib", "/usr/local/lib", "/opt/homebrew/lib",
    ].map { $0 + "/libsqlite3odbc.so" } + ["/opt/homebrew/lib/libsqlite3odbc.dylib"]

  /// Adds encryption to a connection string that doesn't speak of it.
  private func completed(_ given: ConnectionText) -> String {
    var text = given
    if place.isSQLite {
      if text.first(of: "FKSupport") == nil { text.append("FKSupport", "1") }
      return text.text
    }
    if text.first(of: "Encrypt", "Encryption") == nil, text.first(of: "DSN", "FileDSN") == nil {
      text.append(usesFreeTDS ? "Encryption" : "Encrypt", usesFreeTDS ? "require" : "yes")
    }
    if usesFreeTDS, text.first(of: "ClientCharset", "Client Charset") == nil {
      text.append("ClientCharset", "UTF-8")
    }
    return text.text
  }

  private func text(of server: Server, _ password: String?) -> String {
    var text = ConnectionText()
    text.append("Driver", server.driver)
    if usesFreeTDS {
      appendFreeTDS(server, to: &text)
    } else {
      text.append("Server", server.server)
      text.append("Encrypt", server.encrypt)
      text.append("TrustServerCertificate", server.trustsCertificate ? "yes" : "no")
      text.append("APP", "tracktime365")
    }
    text.append("Database", server.database)
    if let user { text.append("UID", user) }
    if let password { text.append("PWD", password) }
    return text.text
  }

  /// FreeTDS takes the port apart from the server's name.
  private func appendFreeTDS(_ server: Server, to text: inout ConnectionText) {
    let parts = server.server.split(separator: ",", maxSplits: 1)
    let host = String(parts.first ?? "")
    text.append("Server", host.suffix(after: "tcp:") ?? host)
    text.append("Port", parts.count > 1 ? String(parts[1]) : "1433")
    text.append("TDS_Version", "7.4")
    text.append("ClientCharset", "UTF-8")
    text.append("Encryption", server.isEncryptionOff ? "request" : "require")
  }
}

extension DatabaseSettings.Place {
  fileprivate var hasPassword: Bool {
    guard case .text(let text) = self else { return false }
    return text.pairs.contains { pair in
      let name = pair.name.lowercased()
      return ["pwd", "password", "accesstoken"].contains { name.contains($0) }
    }
  }

  fileprivate var isSQLite: Bool {
    switch self {
    case .sqlite: true
    case .text(let text): text.first(of: "Driver")?.lowercased().contains("sqlite") ?? false
    case .dsn, .server: false
    }
  }

  /// The user that a connection string names.
  fileprivate var namedUser: String? {
    guard case .text(let text) = self, !isSQLite else { return nil }
    return text.first(of: "UID", "User", "User Id").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether `DB_USER` belongs here: nothing else says how to log in.
  fileprivate var wantsUser: Bool {
    switch self {
    case .sqlite: false
    case .dsn, .server: true
    case .text(let text):
      !isSQLite && !hasPassword && !text.isTrusted
        && text.first(of: "UID", "User", "User Id", "Authentication") == nil
    }
  }
}

extension ConnectionText {
  /// Whether the system's own login is to be used.
  fileprivate var isTrusted: Bool {
    let value = first(of: "Trusted_Connection", "Integrated Security")?.lowercased()
    return ["yes", "true", "sspi", "1"].contains(value)
  }
}

extension DatabaseSettings.Fault {
  fileprivate static let passwordInOption = DatabaseSettings.Fault(
    message: "--db holds a password, and others can see the arguments of a program",
    hint: "put the connection string into TT_DB, or the password into DB_PASSWORD or a file that"
      + " DB_PASSWORD_FILE names")
}

extension String {
  /// What follows the prefix, if it is there.
  fileprivate func suffix(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

/// What a connection is for.
package enum Purpose: Sendable {
  /// Questions only.
  case reading
  /// Changes that are never committed: the database is left as it is, to the byte.
  case rehearsing
  /// Changes; a database that isn't there is made.
  case writing

  /// Readers get rows as they are read, instead of all at once; a statement that is run twice then answers wrongly,
  /// so that is for those who only read.
  fileprivate var sqliteOptions: String {
    switch self {
    case .reading: ";NoCreat=1;StepAPI=1"
    case .rehearsing: ";NoCreat=1"
    case .writing: ";JournalMode=WAL"
    }
  }
}
