internal import CCurl
internal import HTTP

/// One request on its way: an easy handle of libcurl, and what has arrived so far.
///
/// A class, since libcurl's callbacks find it by its address. It serves one request after the other.
@safe final class Transfer {
  let easy: UnsafeMutableRawPointer
  private let settings: CurlSettings
  private var requestLines: UnsafeMutablePointer<curl_slist>?
  /// As they came; what the last status line stands in front of.
  private var headerLines: [UInt8] = []
  private var body: [UInt8] = []
  private var headerBytes = 0
  private var isTooLarge = false
  /// Where libcurl says in words what went wrong.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var expectedBytes = 0
  private let gunzip: Gunzip
  private var server: Server?

  /// Who was found to be a server that may be asked.
  private struct Server {
    /// With what its addresses begin.
    let prefix: String
    /// Whether it is this machine, or its own network card.
    let isLocal: Bool
  }

  init(_ settings: CurlSettings) throws(TransportError) {
    _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard let easy = unsafe curl_easy_init() else {
      throw TransportError(.refusedAddress, "libcurl has no memory")
    }
    unsafe self.easy = easy
    self.settings = settings
    gunzip = try Gunzip()
    setUp()
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(requestLines)
    unsafe errorText.deallocate()
  }

  /// What stays the same for every request.
  private func setUp() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe tt_curl_set_body_sink(easy, takeBody, context)
    unsafe tt_curl_set_header_sink(easy, takeHeader, context)
    unsafe tt_curl_set_error_text(easy, errorText)
    unsafe tt_curl_allow_http_only(easy)
    unsafe tt_curl_set_longest_life(easy, 1800)
    set(CURLOPT_NOSIGNAL, 1)
    // A page in a few pieces, not in a dozen.
    set(CURLOPT_BUFFERSIZE, 1 << 16)
    set(CURLOPT_LOW_SPEED_LIMIT, 100)
    set(CURLOPT_LOW_SPEED_TIME, settings.stallSeconds)
    set(CURLOPT_TIMEOUT, settings.longestSeconds)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_USERAGENT, settings.userAgent)
    if let file = settings.certificateFile { set(CURLOPT_CAINFO, file) }
  }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe tt_curl_set_long(easy, option, value)
  }

  private func set(_ option: CURLoption, _ value: String?) {
    unsafe tt_curl_set_text(easy, option, value)
  }

  /// Makes the handle ready for a request.
  ///
  /// Plain http is for this machine only.
  func prepare(_ request: Request) throws(TransportError) {
    let server = try server(of: request.url)
    headerLines.removeAll(keepingCapacity: true)
    headerBytes = 0
    body = []
    unsafe errorText.pointee = 0
    // Pages of one list are about as long as one another: growing step by step would copy each.
    body.reserveCapacity(min(expectedBytes, 1 << 18))
    isTooLarge = false
    set(CURLOPT_URL, request.url)
    // What answers on this machine is never behind a proxy.
    set(CURLOPT_NOPROXY, server.isLocal ? "*" : nil)
    set(CURLOPT_CONNECTTIMEOUT, request.connectSeconds ?? settings.connectSeconds)
    set(CURLOPT_FRESH_CONNECT, request.wantsFreshConnection ? 1 : 0)
    setBody(request)
    setHeaders(request)
  }

  private func server(of url: String) throws(TransportError) -> Server {
    // Mostly the same as last time.
    if let server, url.hasPrefix(server.prefix) { return server }
    guard let origin = Origin(of: url) else {
      throw TransportError(.refusedAddress, "not an http address")
    }
    guard origin.isSafe || origin.isLinkLocal else {
      throw TransportError(.refusedAddress, "\(origin) is not encrypted")
    }
    let server = Server(
      prefix: "\(origin)/", isLocal: origin.isLoopback || origin.isLinkLocal)
    self.server = server
    return server
  }

  private func setBody(_ request: Request) {
    switch request.method {
    case .get: set(CURLOPT_HTTPGET, 1)
    case .post:
      set(CURLOPT_POST, 1)
      unsafe request.body.withUnsafeBytes { bytes in
        _ = unsafe tt_curl_set_post(easy, bytes.baseAddress, bytes.count)
      }
    }
  }

  private func setHeaders(_ request: Request) {
    unsafe curl_slist_free_all(requestLines)
    unsafe requestLines = nil
    for line in request.headers.lines {
      unsafe requestLines = curl_slist_append(requestLines, "\(line.name): \(line.value)")
    }
    // Not libcurl's own decoding, which copies more and knows no bound.
    unsafe requestLines = curl_slist_append(requestLines, "Accept-Encoding: gzip")
    // Without this, libcurl waits for a word of the server before longer bodies.
    if request.method == .post {
      unsafe requestLines = curl_slist_append(requestLines, "Expect:")
    }
    unsafe tt_curl_set_headers(easy, requestLines)
  }

  /// The answer, once libcurl says that the transfer has ended.
  func finish(_ code: CURLcode) throws(TransportError) -> Response {
    guard code == CURLE_OK else {
      if isTooLarge {
        let limit = settings.longestAnswerBytes >> 20
        throw TransportError(
          .tooLarge, "the answer is longer than \(limit) MiB, or its headers than they should be")
      }
      throw TransportError(code, unsafe String(cString: errorText))
    }
    let headers = Headers(wire: headerLines)
    expectedBytes = body.count + body.count / 8
    var content = try unpacked(headers)
    body = []
    // A mark of byte order says nothing in UTF-8.
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
    return Response(
      status: Int(unsafe tt_curl_status(easy)), headers: headers, body: content)
  }

  private func unpacked(_ headers: Headers) throws(TransportError) -> [UInt8] {
    guard let encoding = headers["Content-Encoding"]?.lowercased(), encoding != "identity",
      !body.isEmpty
    else { return body }
    guard encoding == "gzip" || encoding == "x-gzip" else {
      throw TransportError(.interrupted, "the answer is encoded as nobody asked for")
    }
    return try gunzip.unpack(body, atMostBytes: settings.longestAnswerBytes)
  }

  /// `HTTP`.
  private static let statusLine = UInt32(littleEndian: 0x5054_5448)

  fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= settings.longestAnswerBytes else {
      isTooLarge = true
      return 0
    }
    unsafe body.append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
    return bytes.count
  }

  fileprivate func take(header bytes: UnsafeRawBufferPointer) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= settings.longestHeaderBytes else {
      isTooLarge = true
      return 0
    }
    // A status line begins the headers anew: what came before was provisional, or a proxy's.
    if unsafe bytes.count >= 5 && bytes.loadUnaligned(as: UInt32.self) == Self.statusLine
      && bytes[4] == UInt8(ascii: "/")
    {
      headerLines.removeAll(keepingCapacity: true)
    } else {
      unsafe headerLines.append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
    }
    return bytes.count
  }
}

private func takeBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return unsafe transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private func takeHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return unsafe transfer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
}
