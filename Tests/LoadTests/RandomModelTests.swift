import Database
import Foundation
import ODBC
import Records
import Schema
import Support
import Testing

@testable import tt_load

/// Generated streams against the trivial model: after each load the database says exactly what the model says.
@Suite struct RandomModelTests {
  @Test(arguments: 0..<8)
  func `the database equals the model after every stream`(batch: Int) throws {
    for world in 0..<40 {
      try check(.sqlite, seed: batch * 1000 + world, streams: 7)
    }
  }

  @Test func `it does with rounds written side by side`() throws {
    for seed in 20_000..<20_040 { try check(.sqlite, seed: seed, streams: 7, connections: 3) }
  }

  /// One test, because all worlds share the one database that is given.
  @Test(.enabled(if: Engine.serverText != nil, "TT_TEST_SQLSERVER names no server"))
  func `SQL Server equals the model after every stream`() async throws {
    try await ServerTurn.with {
      for seed in 0..<Self.serverWorlds {
        try check(.sqlServer, seed: seed, streams: 7, connections: 1 + seed % 2)
      }
    }
  }

  /// How many worlds a server is asked about; `TT_TEST_WORLDS=100` for the long run.
  private static let serverWorlds =
    ProcessInfo.processInfo.environment["TT_TEST_WORLDS"].flatMap { Int($0) } ?? 5

  private func check(_ engine: Engine, seed: Int, streams: Int, connections: Int = 1) throws {
    var generator = StreamGenerator(seed: seed)
    let database = try TestDatabase(engine)
    var model = Model()
    var last: [ModelRecord] = []
    var stamps: [String: String] = [:]
    for number in 0..<streams {
      if last.isEmpty || !generator.chance(20) { last = generator.stream() }
      let filtered = generator.chance(15)
      model.load(last, filtered: filtered)
      try database.load(last.map(\.line), filtered: filtered, connections: connections)
      let found = try database.snapshot()
      let place = Comment(rawValue: "seed \(seed), stream \(number)")
      let expected = model.rows.mapValues(DatabaseSnapshot.Row.init)
      for id in Set(expected.keys).union(found.rows.keys) {
        try #require(found.rows[id] == expected[id], "\(id), \(place)")
      }
      #expect(found.members == model.members.flatMembers, place)
      #expect(found.links == model.links.flatLinks, place)
      for (id, stamp) in stamps where !model.touched.contains(id) {
        #expect(found.stamps[id] == stamp, "an untouched row has its time, \(place)")
      }
      stamps = found.stamps
    }
  }
}

/// The tables' content in a form that compares.
struct DatabaseSnapshot {
  struct Row: Equatable {
    var subject: String?
    var start: String
    var user: String?
    var calendar: String?
    var master: String?
    var isDeleted: Bool
    var categories: Set<String>

    init(_ row: Model.Row) {
      subject = row.content.subject
      start = row.content.start.prefix(19).replacing("T", with: " ")
      user = row.user
      calendar = row.calendar
      master = row.content.master
      isDeleted = row.isDeleted
      categories = Set(row.content.categories.map { $0.lowercased() })
    }

    init(_ texts: [String?]) {
      subject = texts[1]
      start = String((texts[2] ?? "").prefix(19))
      user = texts[3]
      calendar = texts[4]
      master = texts[5]
      isDeleted = texts[6] == "1"
      categories = []
    }
  }

  var rows: [String: Row] = [:]
  var stamps: [String: String] = [:]
  var members: Set<[String]> = []
  var links: Set<[String]> = []
}

extension TestDatabase {
  func snapshot() throws -> DatabaseSnapshot {
    var snapshot = DatabaseSnapshot()
    // A stream that changes nothing leaves no tables behind.
    guard try opener.open(for: .writing).knownVersion() != nil else { return snapshot }
    for row in try rows(
      """
      SELECT event_id, subject, CAST(start_date AS VARCHAR(40)), user_id, calendar_id,
        series_master_id, CAST(is_deleted AS VARCHAR(5)), CAST(updated_at AS VARCHAR(40))
      FROM calendar_event
      """, columns: 8)
    {
      let id = row[0] ?? ""
      snapshot.rows[id] = DatabaseSnapshot.Row(row)
      snapshot.stamps[id] = row[7]
    }
    for row in try rows(
      """
      SELECT l.event_id, c.name_key FROM calendar_event_calendar_category l
      INNER JOIN calendar_category c ON c.category_id = l.category_id
      """, columns: 2)
    {
      snapshot.rows[row[0] ?? ""]?.categories.insert(row[1] ?? "")
    }
    let members = try rows(
      """
      SELECT s.user_id, s.calendar_id, s.window_start, e.event_id FROM sync_state_event m
      INNER JOIN sync_state s ON s.slice_id = m.slice_id
      INNER JOIN calendar_event e ON e.event_key = m.event_key
      """, columns: 4)
    snapshot.members = Set(members.map { $0.map { $0 ?? "" } })
    let links = try rows(
      """
      SELECT user_id, calendar_id, window_start, COALESCE(delta_link, '') FROM sync_state
      WHERE last_round_at IS NOT NULL
      """, columns: 4)
    snapshot.links = Set(links.map { $0.map { $0 ?? "" } })
    return snapshot
  }
}

extension [Model.Slice: Set<String>] {
  var flatMembers: Set<[String]> {
    Set<[String]>(
      flatMap { slice, ids in
        ids.map { [slice.key.user, slice.key.calendar, slice.window.start, $0] }
      })
  }
}

extension [Model.Slice: String] {
  var flatLinks: Set<[String]> {
    Set<[String]>(map { [$0.key.user, $0.key.calendar, $0.window.start, $1] })
  }
}

extension StringProtocol {
  fileprivate func replacing(_ character: Character, with other: Character) -> String {
    String(map { $0 == character ? other : $0 })
  }
}
