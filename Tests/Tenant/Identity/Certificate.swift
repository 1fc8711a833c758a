import Crypto
import CryptoExtras

/// Why a file holds no certificate or key that can be used.
struct CertificateFailure: Error, CustomStringConvertible {
  let description: String
}

/// An RSA key that can check signatures.
struct PublicKey: Sendable {
  private let key: _RSA.Signing.PublicKey

  init(der: [UInt8]) throws {
    key = try _RSA.Signing.PublicKey(derRepresentation: der)
  }

  init(pem: String) throws {
    guard let der = derBytes(pem: pem, label: "PUBLIC KEY") else {
      throw CertificateFailure(description: "there is no PUBLIC KEY in the file")
    }
    try self.init(der: der)
  }

  /// Whether the signature is good, by the algorithm's name in a JWT.
  func verifies(_ signature: [UInt8], of bytes: [UInt8], algorithm: String) -> Bool {
    let padding: _RSA.Signing.Padding
    switch algorithm {
    case "PS256": padding = .PSS
    case "RS256": padding = .insecurePKCS1v1_5
    default: return false
    }
    return key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: bytes),
      padding: padding)
  }
}

/// A certificate's key and thumbprints.
struct Certificate: Sendable {
  let key: PublicKey
  /// Base64url of the SHA-256 and SHA-1 of its DER bytes.
  let thumbprintSHA256: String
  let thumbprintSHA1: String

  init(pem: String) throws {
    guard let der = derBytes(pem: pem, label: "CERTIFICATE") else {
      throw CertificateFailure(description: "there is no CERTIFICATE in the file")
    }
    guard let info = subjectPublicKeyInfo(der) else {
      throw CertificateFailure(description: "the certificate cannot be read")
    }
    key = try PublicKey(der: info)
    thumbprintSHA256 = base64URL(Array(SHA256.hash(data: der)))
    thumbprintSHA1 = base64URL(Array(Insecure.SHA1.hash(data: der)))
  }
}

/// The bytes of the first block with a label in a PEM file.
private func derBytes(pem: String, label: String) -> [UInt8]? {
  guard let start = pem.firstRange(of: "-----BEGIN \(label)-----"),
    let end = pem[start.upperBound...].firstRange(of: "-----END \(label)-----")
  else { return nil }
  return base64Decoded(pem[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace })
}

/// The seventh part of a certificate's body (RFC 5280, 4.1): version, serial number, signature,
/// issuer, validity, subject, key.
private func subjectPublicKeyInfo(_ certificate: [UInt8]) -> [UInt8]? {
  var outer = DERReader(certificate[...])
  guard let whole = outer.next() else { return nil }
  var body = DERReader(whole.content)
  guard let toBeSigned = body.next() else { return nil }
  var fields = DERReader(toBeSigned.content)
  var field = fields.next()
  if field?.tag != 0xA0 { return nil }
  for _ in 0..<6 { field = fields.next() }
  return field.map { Array($0.whole) }
}

/// Walks over the elements of DER data, one after the other.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>, whole: ArraySlice<UInt8>)? {
    let start = rest
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let digits = rest.prefix(Int(first & 0x7F))
      length = digits.reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(digits.count)
    }
    guard length <= rest.count else { return nil }
    let content = rest.prefix(length)
    rest = rest.dropFirst(length)
    return (tag, content, start[start.startIndex..<content.endIndex])
  }
}
