import FaultyODBC
import Foundation

/// A failure of one call of ODBC.
struct Fault {
  var native: Int32
  var state: String
  var end = FAULTY_ODBC_REFUSED

  static func full(_ engine: Engine) -> Fault {
    engine == .sqlite ? Fault(native: 13, state: "HY000") : Fault(native: 9002, state: "42000")
  }

  /// Runs `body` while the call of this number fails that it makes on this thread.
  func strike<Result>(_ call: Int, _ body: () throws -> Result) rethrows -> Result {
    faulty_odbc_fail(call, end, native, state)
    defer { _ = faulty_odbc_stop() }
    return try body()
  }

  /// How many calls `body` makes on this thread.
  static func calls(_ body: () throws -> Void) rethrows -> Int {
    faulty_odbc_fail(0, FAULTY_ODBC_REFUSED, 0, "")
    defer { _ = faulty_odbc_stop() }
    try body()
    return faulty_odbc_stop()
  }

  /// Which of so many calls fail in tests: some, or as many as `TT_TEST_FAULTS` says; fewer of a server's, where each
  /// costs seconds.
  static func places(_ engine: Engine, of calls: Int) -> [Int] {
    let given = ProcessInfo.processInfo.environment["TT_TEST_FAULTS"].flatMap { Int($0) } ?? 30
    let count = min(engine == .sqlite ? given : max(given / 4, 3), calls)
    return (0..<count).map { 1 + $0 * calls / count }
  }
}
