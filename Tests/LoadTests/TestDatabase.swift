import Console
import Database
import Foundation
import NDJSON
import ODBC
import Records
import Schema
import Testing

@testable import tt_load

/// A database that loading is tried on: SQLite always, any SQL Server when `TT_TEST_SQLSERVER` names one.
enum Engine: Sendable, CustomTestStringConvertible {
  case sqlite, sqlServer

  static let serverText = ProcessInfo.processInfo.environment["TT_TEST_SQLSERVER"]

  var testDescription: String { self == .sqlite ? "SQLite" : "SQL Server" }
}

/// An empty database of its own for one test, and what loading into it needs.
final class TestDatabase {
  let engine: Engine
  let opener: DatabaseOpener
  /// What `TT_DB` is for this database.
  let text: String
  private let path: String
  private let log = Log(tool: "tt-load", level: .error)

  init(_ engine: Engine) throws {
    self.engine = engine
    path = NSTemporaryDirectory() + "tt-load-\(UUID().uuidString).db"
    text = engine == .sqlite ? "sqlite:\(path)" : try #require(Engine.serverText)
    let environment = Console.Environment(["TT_DB": text])
    opener = try DatabaseOpener(option: nil, World(environment: environment, log: log))
    if engine == .sqlServer { try dropAll() }
  }

  deinit {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  func dropAll() throws {
    let database = try opener.open(for: .writing)
    try database.transaction {
      for name in Tables.names where try database.hasTable(name) {
        try database.connection.execute("DROP TABLE \(name)")
      }
    }
  }

  func execute(_ sql: String) throws {
    try opener.open(for: .writing).connection.execute(sql)
  }

  /// How a load went.
  struct Outcome {
    var ending: StreamEnding
    var audit: RunAudit
    var plan: [UInt8] = []
  }

  /// Loads lines as tt-load does; `meanwhile` comes before the line of this index.
  @discardableResult
  func load(
    _ lines: [String], filtered: Bool = false, rejects: String? = nil, plan: Bool = false,
    connections: Int? = nil, meanwhile: (line: Int, work: () throws -> Void)? = nil
  ) throws -> Outcome {
    let loader = Loader(
      opener, keeps: !plan, connections: connections, maxRetrySeconds: 60, log)
    let options = StreamLoader.Options(
      isPlan: plan, filtered: filtered, rejectsPath: rejects,
      temporaryFolder: NSTemporaryDirectory())
    let handler = try StreamLoader(loader, options, log) { _ in }
    var output = OutputBuffer()
    do {
      for (index, line) in lines.enumerated() {
        if index == meanwhile?.line { try meanwhile?.work() }
        var line = line
        try line.withUTF8 {
          try unsafe handler.take(
            RawSpan(_unsafeElements: $0), number: index + 1, into: &output)
        }
      }
      try handler.finish(into: &output)
    } catch {
      throw loader.end(failed: error)
    }
    try loader.finish(handler.ending.isCut ? .cut : .done)
    let bytes = output.withBytes { unsafe $0.withUnsafeBytes { unsafe [UInt8]($0) } }
    return Outcome(ending: handler.ending, audit: loader.audit, plan: bytes)
  }

  /// The rows of a query, every column as text.
  func rows(_ sql: String, columns: Int) throws -> [[String?]] {
    let database = try opener.open(for: .writing)
    var statement = try database.connection.prepare(sql)
    try statement.bind(columns: (0..<columns).map { _ in .longText })
    try statement.execute()
    var result: [[String?]] = []
    while try statement.next() { result.append((0..<columns).map { statement.text($0) }) }
    return result
  }
}
