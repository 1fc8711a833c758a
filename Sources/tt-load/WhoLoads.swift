#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The account and machine that load, `anna@build7`, for the audit.
func whoLoads() -> String {
  var host = [CChar](repeating: 0, count: 256)
  _ = unsafe gethostname(&host, host.count - 1)
  let machine = String(
    decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  guard let account = unsafe getpwuid(geteuid()), let name = unsafe account.pointee.pw_name else {
    return "\(geteuid())@\(machine)"
  }
  return unsafe String(cString: name) + "@" + machine
}
