internal import CCurl
package import HTTP

/// Carries one request after the other, waiting for each answer.
///
/// Connections are kept for the next one.
@safe package final class CurlTransport: Transport {
  private let transfer: Transfer

  package init(_ settings: CurlSettings) throws(TransportError) {
    transfer = try Transfer(settings)
  }

  package func send(_ request: Request) throws(TransportError) -> Response {
    try transfer.prepare(request)
    let code = unsafe curl_easy_perform(transfer.easy)
    return try transfer.finish(code)
  }
}
