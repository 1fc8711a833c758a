import FaultyODBC
import Testing

/// What somebody else does between two calls of ODBC.
final class Interruption {
  private let work: () throws -> Void
  private var result: Result<Void, any Error>?

  init(_ work: @escaping () throws -> Void) { self.work = work }

  /// Runs `body`, and the work just before the call of this number that `body` makes on this thread.
  ///
  /// - Throws: What `body` throws, and otherwise what the work does.
  func come<Result>(before call: Int, of body: () throws -> Result) throws -> Result {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe faulty_odbc_interrupt(
      call, { unsafe Unmanaged<Interruption>.fromOpaque($0).takeUnretainedValue().run() }, context)
    defer { _ = faulty_odbc_stop() }
    let value = try body()
    try #require(result, "there was no such call").get()
    return value
  }

  private func run() { result = .init(catching: work) }
}
