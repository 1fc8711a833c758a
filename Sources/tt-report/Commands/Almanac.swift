internal import CivilTime
internal import Console
internal import Records
internal import ZoneDatabase

/// The clock and the zone files, as a report needs them.
struct Almanac: Sendable {
  let database: ZoneDatabase
  private let environment: Environment

  init(_ environment: Environment) throws {
    self.environment = environment
    do throws(ZoneDatabaseFault) {
      database = try ZoneDatabase(tzdir: environment["TZDIR"])
    } catch {
      throw Failure(.configuration, "\(error)", hint: error.hint)
    }
  }

  /// Seconds since 1970; `SOURCE_DATE_EPOCH` stands in for the clock where output must be reproducible.
  func now() throws -> Int {
    guard let text = environment["SOURCE_DATE_EPOCH"] else {
      return Int(SystemClock.unixSeconds)
    }
    guard let seconds = Int(text), Instant.textRange.contains(seconds) else {
      throw Failure(.configuration, "SOURCE_DATE_EPOCH is \"\(text)\", not seconds since 1970")
    }
    return seconds
  }

  /// Today's number in the zone that an option names, else in the system's.
  func today(zone name: String?) throws -> Int {
    let now = try now()
    return floorDivide(now + (try localRules(name)).offset(at: now), 86400)
  }

  private func localRules(_ name: String?) throws -> ZoneRules {
    if let name { return try rules(option: name) }
    do throws(ZoneDatabaseFault) {
      return try database.systemZone(tz: environment["TZ"]).rules
    } catch {
      throw Failure(.configuration, "\(error)", hint: error.hint)
    }
  }

  /// The zone that `--tz` names.
  func rules(option name: String) throws -> ZoneRules {
    guard let rules = try rules(name) else {
      throw Failure(
        .usage, "--tz: no zone is called \"\(name)\"", hint: "tt-tz zones lists all of them")
    }
    return rules
  }

  /// A zone's rules, or nil where the database hasn't got it.
  func rules(_ name: String) throws -> ZoneRules? {
    do throws(ZoneDatabaseFault) {
      return try database.zone(name)?.rules
    } catch {
      throw Failure(.configuration, "\(error)", hint: error.hint)
    }
  }

  /// The zones of a report, found as events name them.
  func zoneBook(_ days: ClosedRange<Int>) -> ZoneBook {
    ZoneBook(days: days) { name in
      guard let rules = try rules(name) else {
        throw RecordFault("no zone is called \"\(name)\"")
      }
      return rules
    }
  }
}
