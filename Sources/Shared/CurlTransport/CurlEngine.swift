internal import CCurl
package import HTTP

/// Carries many requests at a time on one thread, by libcurl's multi interface.
///
/// Start requests, wait, take what has ended; each is known by a number that the caller chose.
@safe package struct CurlEngine: ~Copyable {
  /// A request that has ended, with its answer or why there is none.
  package struct Completion: Sendable {
    package let id: Int
    package let result: Result<Response, TransportError>
  }

  private let multi: UnsafeMutableRawPointer
  private let settings: CurlSettings
  private let watch = SocketWatch()
  private var running: [UnsafeMutableRawPointer: (id: Int, transfer: Transfer)] = unsafe [:]
  private var idle: [Transfer] = []
  private var refused: [Completion] = []

  package init(_ settings: CurlSettings, connections: Int) throws(TransportError) {
    _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard let multi = unsafe curl_multi_init() else {
      throw TransportError(.refusedAddress, "libcurl has no memory")
    }
    unsafe self.multi = multi
    self.settings = settings
    unsafe tt_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections)
    unsafe watch.attach(to: multi)
  }

  deinit {
    unsafe running.forEach { _ = unsafe curl_multi_remove_handle(multi, $0.key) }
    unsafe curl_multi_cleanup(multi)
  }

  package var runningCount: Int { unsafe running.count + refused.count }

  /// Puts a request on its way.
  ///
  /// A request that can't be sent at all ends like any other, with an error.
  package mutating func start(_ request: Request, id: Int) {
    do throws(TransportError) {
      let transfer = try idleTransfer()
      try transfer.prepare(request)
      unsafe running[transfer.easy] = (id, transfer)
      _ = unsafe curl_multi_add_handle(multi, transfer.easy)
    } catch {
      refused.append(Completion(id: id, result: .failure(error)))
    }
  }

  private mutating func idleTransfer() throws(TransportError) -> Transfer {
    if let transfer = idle.popLast() { return transfer }
    return try Transfer(settings)
  }

  /// Lets transfers go on until one has ended, or the time is over.
  package mutating func wait(atMostSeconds seconds: Double) {
    guard refused.isEmpty else { return }
    let end = SocketWatch.now + Int64(min(max(seconds, 0) * 1000 + 0.999, 60_000))
    repeat {
      let left = unsafe watch.step(multi, until: end)
      guard unsafe left < 0 || left == running.count else { return }
    } while SocketWatch.now < end
  }

  /// The next request that has ended.
  package mutating func nextCompletion() -> Completion? {
    if let completion = refused.popLast() { return completion }
    var waiting: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &waiting) {
      guard unsafe message.pointee.msg == CURLMSG_DONE,
        let easy = unsafe message.pointee.easy_handle
      else { continue }
      let code = unsafe tt_curl_result(message)
      _ = unsafe curl_multi_remove_handle(multi, easy)
      guard let (id, transfer) = unsafe running.removeValue(forKey: easy) else { continue }
      return Completion(id: id, result: take(transfer, code))
    }
    return nil
  }

  private mutating func take(
    _ transfer: Transfer, _ code: CURLcode
  ) -> Result<Response, TransportError> {
    defer { idle.append(transfer) }
    do throws(TransportError) {
      return .success(try transfer.finish(code))
    } catch {
      return .failure(error)
    }
  }
}
