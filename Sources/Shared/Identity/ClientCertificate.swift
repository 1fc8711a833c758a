internal import Crypto
internal import CryptoExtras
internal import HTTP

/// A certificate of an app registration with its private key, from a PEM file.
package struct ClientCertificate: Sendable {
  package enum Fault: Error, Equatable, Sendable {
    case noCertificate, noKey, encryptedKey, unusableKey
  }

  private let certificate: [UInt8]
  private let key: _RSA.Signing.PrivateKey

  /// The first certificate of the text, and its private key, in whatever order they stand.
  package init(pem: String) throws(Fault) {
    let blocks = Self.blocks(pem)
    guard let certificate = blocks.first(where: { $0.label == "CERTIFICATE" }),
      let der = Base64.decode(certificate.base64)
    else { throw .noCertificate }
    guard let key = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
      throw .noKey
    }
    if key.label == "ENCRYPTED PRIVATE KEY" || key.base64.contains("ENCRYPTED") {
      throw .encryptedKey
    }
    self.certificate = der
    do {
      self.key = try _RSA.Signing.PrivateKey(pemRepresentation: key.text)
    } catch {
      throw .unusableKey
    }
  }

  /// The thumbprint's header name and value, of the certificate's own bytes.
  func thumbprint(_ signature: Credential.Signature) -> (name: String, value: String) {
    switch signature {
    case .ps256: ("x5t#S256", Base64.encodeForURL(SHA256.hash(data: certificate)))
    case .rs256: ("x5t", Base64.encodeForURL(Insecure.SHA1.hash(data: certificate)))
    }
  }

  func sign(_ text: String, _ signature: Credential.Signature) throws -> [UInt8] {
    let digest = SHA256.hash(data: Array(text.utf8))
    let padding = signature == .ps256 ? _RSA.Signing.Padding.PSS : .insecurePKCS1v1_5
    return unsafe try key.signature(for: digest, padding: padding).withUnsafeBytes {
      unsafe Array($0)
    }
  }

  private struct Block {
    let label: String
    let base64: Substring
    let text: String
  }

  private static func blocks(_ pem: String) -> [Block] {
    var result: [Block] = []
    var rest = pem[...]
    while let begin = rest.firstRange(of: "-----BEGIN ") {
      rest = rest[begin.upperBound...]
      guard let labelEnd = rest.firstRange(of: "-----") else { break }
      let label = String(rest[..<labelEnd.lowerBound])
      let body = rest[labelEnd.upperBound...]
      guard let end = body.firstRange(of: "-----END \(label)-----") else { break }
      let base64 = body[..<end.lowerBound]
      let text = "-----BEGIN \(label)-----\(base64)-----END \(label)-----\n"
      result.append(Block(label: label, base64: base64, text: text))
      rest = body[end.upperBound...]
    }
    return result
  }
}
