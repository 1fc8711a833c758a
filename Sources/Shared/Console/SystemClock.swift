#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The system's clocks.
package enum SystemClock {
  /// Seconds since 1970, with their fraction.
  package static var unixSeconds: Double { seconds(CLOCK_REALTIME) }

  /// Seconds since some moment in the past: never set back, good for measuring how long something took.
  package static var steadySeconds: Double { seconds(CLOCK_MONOTONIC) }

  /// Does nothing for a while.
  package static func sleep(seconds: Double) {
    let whole = max(0, seconds).rounded(.down)
    var wanted = timespec(tv_sec: Int(whole), tv_nsec: Int((max(0, seconds) - whole) * 1e9))
    var rest = timespec()
    while unsafe nanosleep(&wanted, &rest) == -1, errno == EINTR { wanted = rest }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
