internal import HTTP
internal import NDJSON

/// A short-lived signed token by which an app proves that it holds its certificate's key.
package enum ClientAssertion {
  /// The whole token (RFC 7515, compact form).
  ///
  /// It is good for five minutes.
  package static func make(
    _ certificate: ClientCertificate, _ signature: Credential.Signature, client: String,
    audience: String, now: Double, id: String
  ) throws -> String {
    let signed =
      encoded(header(certificate, signature)) + "."
      + encoded(payload(client, audience, Int(now), id))
    return signed + "." + Base64.encodeForURL(try certificate.sign(signed, signature))
  }

  private static func header(
    _ certificate: ClientCertificate, _ signature: Credential.Signature
  ) -> String {
    let thumbprint = certificate.thumbprint(signature)
    return "{\"alg\":\"\(signature.rawValue.uppercased())\",\"typ\":\"JWT\","
      + "\"\(thumbprint.name)\":\"\(thumbprint.value)\"}"
  }

  private static func payload(
    _ client: String, _ audience: String, _ now: Int, _ id: String
  ) -> String {
    "{\"aud\":\(quoted(audience)),\"iss\":\(quoted(client)),\"sub\":\(quoted(client)),"
      + "\"jti\":\(quoted(id)),\"nbf\":\(now),\"iat\":\(now),\"exp\":\(now + 300)}"
  }

  private static func quoted(_ text: String) -> String {
    var output = OutputBuffer(capacity: 64)
    output.append(jsonString: text)
    return output.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  private static func encoded(_ text: String) -> String { Base64.encodeForURL(text.utf8) }
}
