package import ODBC
package import Schema

/// What a failed call on a database means for the one who made it.
package enum DatabaseFault: Equatable, Sendable {
  /// Somebody else was in the way (a deadlock, a lock): the same again will work.
  case conflict
  /// A row was put in, or its parent taken away, at the same moment by somebody else: once or twice is enough.
  case collision
  /// The connection is gone or the service asks to come back: connect again, then the same again.
  case interrupted
  /// The disk, the log or the quota is full.
  case full
  case login
  /// The login may not do that to the tables, or make any.
  case denied
  /// The server's certificate isn't trusted.
  case certificate
  /// A setting of the connection means nothing to the driver.
  case setting
  /// There is no such driver on this machine.
  case noDriver
  case notADatabase
  case readOnly
  case cannotOpen
  case corrupt
  /// The server's texts can't hold a NUL, and one is in a text. SQL Server's can; engines that speak its language may not.
  case noNUL
  /// A table isn't there, or not any more.
  case noTable
  /// Anything else: it would fail again.
  case other

  /// Sorts a failure by the server's own numbers first: drivers disagree about the SQLSTATEs.
  package init(_ error: ODBCError, _ dialect: Dialect) {
    if error.isDriverMissing {
      self = .noDriver
    } else {
      self = dialect == .sqlite ? Self.sqlite(error) : Self.sqlServer(error)
    }
  }

  /// Whether doing the whole round again may help.
  package var isTransient: Bool { [.conflict, .collision, .interrupted].contains(self) }
}

extension DatabaseFault {
  /// SQLite's result codes (sqlite.org/rescode.html); extended ones carry the plain one in the low byte.
  private static func sqlite(_ error: ODBCError) -> DatabaseFault {
    if error.says("no such table") { return .noTable }
    if error.says("FOREIGN KEY constraint failed") { return .collision }
    return switch (error.diagnostics.first?.native ?? 0) & 0xFF {
    case 5, 6, 15: .conflict
    case 13: .full
    case 8: .readOnly
    case 14: .cannotOpen
    case 10, 11: .corrupt
    case 26: .notADatabase
    default: .other
    }
  }

  private static func sqlServer(_ error: ODBCError) -> DatabaseFault {
    for number in error.diagnostics.map(\.native) {
      if let fault = sqlServer(number) { return fault }
    }
    if let fault = sqlServer(words: error) { return fault }
    return error.isConnectionDead || error.isInterrupted ? .interrupted : .other
  }

  /// What only the words tell: the drivers' own failures, and engines with one number for everything.
  private static func sqlServer(words error: ODBCError) -> DatabaseFault? {
    if error.says("certificate verify failed", "certificate chain was issued by an authority") {
      return .certificate
    }
    if error.says("Invalid value specified for connection string attribute") { return .setting }
    if error.says("code point 0 not supported") { return .noNUL }
    if error.says("permission was denied", "permission denied") { return .denied }
    if error.says("due to lock timeout", "deadlock detected") { return .conflict }
    if error.description.hasPrefix("relation \""), error.says("does not exist") { return .noTable }
    return nil
  }

  /// Numbers of SQL Server's and Azure SQL's lists of errors; those above 20000 that are no server's are FreeTDS's.
  private static func sqlServer(_ number: Int) -> DatabaseFault? {
    switch number {
    // Deadlock victim, lock time-out, no locks left, snapshot conflicts.
    case 1204, 1205, 1222, 3957, 3960, 3966, 41301, 41302, 41305, 41325, 41839: .conflict
    // Duplicate keys, foreign keys.
    case 2601, 2627, 547: .collision
    // Azure SQL's documented transient errors.
    case 40197, 40501, 40613, 40143, 40540, 49918, 49919, 49920, 10928, 10929, 10936, 4060, 4221,
      615, 926, 3935, 42108, 42109:
      .interrupted
    // Memory that others use, a killed session, a database or replica that comes up or goes over to another.
    case 596, 701, 922, 952, 976, 983, 988, 8628, 8645, 8651, 18401: .interrupted
    // The network; a server that shuts down.
    case 20, 64, 121, 233, 6005, 10053, 10054, 10060, 10061, 17142, 17197, 20003, 20004, 20006,
      20009, 20017, 20047:
      .interrupted
    case 1101, 1105, 9002, 40544, 1131: .full
    case 911, 18452, 18456, 18486, 18487, 18488, 40532, 33155: .login
    case 229, 230, 262, 297, 300, 916, 2760: .denied
    case 208: .noTable
    case 3906: .readOnly
    case 823, 824, 825: .corrupt
    default: nil
    }
  }
}

extension ODBCError {
  /// Whether a remark has any of these words in it.
  fileprivate func says(_ words: String...) -> Bool {
    diagnostics.contains { remark in words.contains { remark.message.contains($0) } }
  }

  fileprivate var isDriverMissing: Bool {
    hasState("IM002") || hasState("IM003") || hasState("IM004")
      || diagnostics.contains { $0.state == "01000" && $0.message.contains("Can't open lib") }
  }

  /// Time-outs, lost links, and the drivers that only say "Unknown error", or nothing at all.
  fileprivate var isInterrupted: Bool {
    guard let first = diagnostics.first else { return true }
    if ["HYT00", "HYT01"].contains(first.state) || first.state.hasPrefix("08") { return true }
    return first.state == "HY000" && first.native == 0 && first.message.contains("Unknown error")
  }
}
