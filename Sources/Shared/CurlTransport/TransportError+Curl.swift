internal import CCurl
internal import HTTP

extension TransportError {
  /// What libcurl's code means for the caller; `words` are its own, where it has some.
  init(_ code: CURLcode, _ words: String) {
    let text = words.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : words
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
      self.init(.unreachable, text)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND:
      self.init(.untrusted, text)
    case CURLE_URL_MALFORMAT:
      self.init(.refusedAddress, text)
    default:
      self.init(.interrupted, text)
    }
  }
}
