import Crypto
import CryptoExtras
import NDJSON
import Testing

@testable import tenant

@Suite struct AuthorityTests {
  private let key: _RSA.Signing.PrivateKey
  private let certificate: Certificate
  private let client: TenantClient

  init() throws {
    key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let pem = certificatePEM(publicKey: Array(key.publicKey.derRepresentation))
    let certificate = try Certificate(pem: pem)
    self.certificate = certificate
    client = try TenantClient { $0.certificates = [certificate] }
  }

  private func ask(_ fields: [String: String], tenant: String? = nil) throws -> (Int, JSONTree) {
    let settings = client.tenant.settings
    var all = [
      "grant_type": "client_credentials", "client_id": settings.clientId,
      "scope": "https://graph.microsoft.com/.default",
    ]
    all.merge(fields) { $1 }
    let body = all.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
    let response = client.tenant.respond(
      to: Request(
        "POST", "/\(tenant ?? settings.tenantId)/oauth2/v2.0/token",
        headers: [("Content-Type", "application/x-www-form-urlencoded")], body: body))
    return (response.status, try JSONTree(Array(response.body.utf8)))
  }

  private func assertion(
    _ algorithm: String = "PS256", audience: String = "https://x/oauth2/v2.0/token",
    lifetime: Int = 300, signedBy other: _RSA.Signing.PrivateKey? = nil
  ) throws -> String {
    let now = Int(wallClock())
    let id = client.tenant.settings.clientId
    let thumbprint =
      algorithm == "PS256"
      ? #""x5t#S256":"\#(certificate.thumbprintSHA256)""#
      : #""x5t":"\#(certificate.thumbprintSHA1)""#
    let header = #"{"alg":"\#(algorithm)","typ":"JWT",\#(thumbprint)}"#
    let claims =
      #"{"aud":"\#(audience)","iss":"\#(id)","sub":"\#(id)","jti":"\#(UInt64.random(in: 0 ... .max))","#
      + #""nbf":\#(now),"iat":\#(now),"exp":\#(now + lifetime)}"#
    let text = base64URL(Array(header.utf8)) + "." + base64URL(Array(claims.utf8))
    let signature = try (other ?? key).signature(
      for: SHA256.hash(data: Array(text.utf8)),
      padding: algorithm == "PS256" ? .PSS : .insecurePKCS1v1_5)
    return text + "." + base64URL(Array(signature.rawRepresentation))
  }

  private func assertionFields(_ text: String) -> [String: String] {
    [
      "client_assertion": text,
      "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    ]
  }

  @Test func `the secret gives a token that Graph takes`() throws {
    let (status, answer) = try ask(["client_secret": client.tenant.settings.clientSecret])
    #expect(status == 200)
    let token = try #require(answer["access_token"]?.string)
    let request = Request("GET", "/v1.0/users", headers: [("Authorization", "Bearer \(token)")])
    #expect(client.tenant.respond(to: request).status == 200)
  }

  @Test(arguments: ["PS256", "RS256"])
  func `an assertion signed with the certificate's key gives a token, once`(algorithm: String)
    throws
  {
    let fields = assertionFields(try assertion(algorithm))
    #expect(try ask(fields).0 == 200)
    #expect(try ask(fields).1["error_codes"]?.array.first?.integer == 50_013)
  }

  @Test func `an assertion of another key, audience or length gives none`() throws {
    let other = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let wrong = [
      (try assertion(signedBy: other), 700_027), (try assertion(audience: "https://x/"), 700_023),
      (try assertion(lifetime: -10), 700_024), (try assertion(lifetime: 7200), 50_013),
    ]
    for (text, number) in wrong {
      let (status, answer) = try ask(assertionFields(text))
      #expect(status >= 400)
      #expect(answer["error_codes"]?.array.first?.integer == number)
    }
  }

  @Test(arguments: [
    (["client_secret": "wrong"], 7_000_215), ([:], 7_000_218),
    (["client_secret": "x", "client_id": "other"], 700_016),
    (["client_secret": "x", "scope": "User.Read"], 70_011),
  ])
  func `a wrong request is refused by its number`(fields: [String: String], number: Int) throws {
    let (_, answer) = try ask(fields)
    #expect(answer["error_codes"]?.array.first?.integer == number)
    #expect(answer["error_description"]?.string?.hasPrefix("AADSTS\(number): ") ?? false)
  }

  @Test func `an unknown tenant and common are refused`() throws {
    #expect(try ask([:], tenant: "other.test").1["error_codes"]?.array.first?.integer == 90_002)
    #expect(try ask([:], tenant: "common").1["error_codes"]?.array.first?.integer == 9_001_023)
  }

  @Test func `both identity endpoints want their header and write numbers as strings`() throws {
    let query = "resource=https%3A%2F%2Fgraph.microsoft.com"
    let machine = "/metadata/identity/oauth2/token?api-version=2018-02-01&" + query
    let service = "/msi/token?api-version=2019-08-01&" + query
    #expect(client.tenant.respond(to: Request("GET", machine)).status == 400)
    #expect(client.tenant.respond(to: Request("GET", service)).status == 401)
    let header = client.tenant.settings.identityHeader
    for request in [
      Request("GET", machine, headers: [("Metadata", "true")]),
      Request("GET", service, headers: [("X-IDENTITY-HEADER", header)]),
    ] {
      let answer = try JSONTree(Array(client.tenant.respond(to: request).body.utf8))
      #expect(answer["expires_on"]?.string.flatMap { Int($0) } != nil)
    }
  }

  @Test func `a challenge is answered by its claims only`() throws {
    _ = try client.control("POST", "faults", body: #"{"claimsChallenge":true}"#)
    let refused = client.get("/v1.0/users")
    #expect(refused.status == 401)
    let header = try #require(refused.header("WWW-Authenticate"))
    let encoded = try #require(header.split(separator: "claims=\"").last?.dropLast())
    let claims = String(decoding: try #require(base64Decoded(encoded)), as: UTF8.self)
    let secret = client.tenant.settings.clientSecret
    let (_, answer) = try ask(["client_secret": secret, "claims": claims])
    let token = try #require(answer["access_token"]?.string)
    let request = Request("GET", "/v1.0/users", headers: [("Authorization", "Bearer \(token)")])
    #expect(client.tenant.respond(to: request).status == 200)
  }
}

/// A certificate that holds a key and nothing else of meaning; nobody checks its signature.
private func certificatePEM(publicKey: [UInt8]) -> String {
  let algorithm = element(0x30, [0x06, 0x01, 0x2A])
  let name = element(0x30, [])
  let dates = element(0x30, [])
  let version = element(0xA0, element(0x02, [2]))
  let body = element(
    0x30, version + element(0x02, [1]) + algorithm + name + dates + name + publicKey)
  let whole = element(0x30, body + algorithm + element(0x03, [0, 0]))
  return "-----BEGIN CERTIFICATE-----\n\(base64Padded(whole))\n-----END CERTIFICATE-----\n"
}

private func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
  let count = content.count
  if count < 0x80 { return [tag, UInt8(count)] + content }
  return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
}
