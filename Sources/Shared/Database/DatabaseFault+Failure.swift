package import Console
package import ODBC
package import Schema

extension Failure {
  /// What a person is told about a failed call, and the status a script gets.
  ///
  /// `doing` says what was tried, for example "load the round".
  package init(_ error: ODBCError, _ dialect: Dialect, doing: String, place: String) {
    let fault = DatabaseFault(error, dialect)
    let message = "cannot \(doing) (\(place)): \(error)"
    switch fault {
    case .conflict, .interrupted:
      self.init(.unavailable, message, hint: "run it again when the database answers")
    case .full:
      self.init(
        .inputOutput, "the database is full: \(message)",
        hint: "free some space there and run again")
    case .login:
      self.init(
        .notAllowed, message,
        hint: "check the database's name, DB_USER and DB_PASSWORD, and that the login may use it")
    case .denied:
      self.init(
        .notAllowed, message,
        hint: "grant the login SELECT, INSERT, UPDATE and DELETE on the tables; whoever may make"
          + " tables runs tt-load init")
    case .certificate:
      self.init(
        .configuration, message,
        hint: "install the certificate of its authority; DB_TRUST_SERVER_CERTIFICATE=yes, or"
          + " TrustServerCertificate=yes in TT_DB, is for tests only")
    case .setting:
      self.init(.configuration, message, hint: "mend that setting in TT_DB or DB_…")
    case .noDriver:
      self.init(.configuration, message, hint: Self.driverHint(dialect))
    case .notADatabase:
      self.init(.configuration, message, hint: "name another file with --db sqlite:PATH")
    case .readOnly, .cannotOpen:
      self.init(.cannotCreate, message, hint: Self.writingHint(dialect))
    case .corrupt:
      self.init(.inputOutput, message, hint: "see whether the disk is full, or failing")
    case .noNUL:
      self.init(
        .badData, "\(message): this server keeps no NUL in texts, and one of them has one",
        hint: "take the \\u0000 out of it on the way, and run again")
    case .noTable:
      self.init(
        .unavailable, message,
        hint:
          "if the tables were dropped meanwhile, run it again; tt-load schema prints all that there"
          + " should be")
    case .collision, .other: self.init(.software, message)
    }
  }

  private static func writingHint(_ dialect: Dialect) -> String {
    dialect == .sqlite
      ? "check the path and who may write in its folder: reading needs that too, or a copy of the file"
      : "name the database that takes changes: this one is read-only, or the copy of another"
  }

  private static func driverHint(_ dialect: Dialect) -> String {
    dialect == .sqlite
      ? "install the SQLite ODBC driver: apt-get install libsqliteodbc"
      : "install the driver that the settings name; odbcinst -q -d lists those that are there"
  }
}
