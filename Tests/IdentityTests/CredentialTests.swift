import Foundation
import Support
import Testing

/// Each kind of credential against an authority that checks it, signatures included.
@Suite struct CredentialTests {
  private static let keys = """
    openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=t -days 2
    cat key.pem cert.pem >both.pem && chmod 600 both.pem
    openssl genrsa -out issuer.pem 2048 && openssl rsa -in issuer.pem -pubout -out issuer.pub
    """

  private static let federatedToken = """
    b64() { openssl base64 -A | tr '+/' '-_' | tr -d =; }
    now=$(date +%s)
    head=$(printf '{"alg":"RS256","typ":"JWT"}' | b64)
    body=$(printf '{"iss":"https://issuer.example.test","sub":"system:serviceaccount:tracktime:sync","aud":"api://AzureADTokenExchange","nbf":%d,"iat":%d,"exp":%d,"jti":"1"}' $now $now $((now + 600)) | b64)
    sign=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -sign issuer.pem -binary | b64)
    echo "$head.$body.$sign" >token.jwt
    """

  private func run(_ script: String, _ extra: [String: String] = [:]) async throws -> String {
    try await Sandbox.with { sandbox in
      _ = try await sandbox.shell(Self.keys + "\n" + Self.federatedToken)
      let folder = sandbox.folder.path
      return try await SimulatedTenant.with(
        [
          "--people", "1", "--events", "1", "--certificate", "\(folder)/cert.pem",
          "--federated-key", "\(folder)/issuer.pub",
        ]
      ) { tenant in
        let outcome = try await sandbox.shell(script, environment: tenant.environment)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome.output
      }
    }
  }

  @Test(arguments: [
    "tt-auth", "tt-auth --credential secret",
    "AZURE_CLIENT_SECRET=$CLIENT_SECRET CLIENT_SECRET= tt-auth",
    "echo \"$CLIENT_SECRET\" >s; chmod 600 s; CLIENT_SECRET= CLIENT_SECRET_FILE=s tt-auth",
    "CLIENT_SECRET= AZURE_CLIENT_CERTIFICATE_PATH=both.pem tt-auth",
    "AZURE_CLIENT_CERTIFICATE_PATH=both.pem tt-auth --credential certificate --signature rs256",
    "CLIENT_SECRET= AZURE_FEDERATED_TOKEN_FILE=token.jwt tt-auth",
    "AZURE_POD_IDENTITY_AUTHORITY_HOST=$TENANT_URL tt-auth --credential managed-identity",
    "env -u TENANT_ID -u CLIENT_ID CLIENT_SECRET= IDENTITY_ENDPOINT=$TENANT_IDENTITY_ENDPOINT"
      + " IDENTITY_HEADER=$TENANT_IDENTITY_HEADER tt-auth",
  ])
  func `every kind of credential gets a token`(command: String) async throws {
    let output = try await run(command)
    #expect(output.hasPrefix(#"{"record":"token","tokenType":"Bearer","accessToken":"ey"#))
    #expect(output.contains(#""Calendars.Read""#))
  }

  @Test func `of ten programs one asks and nine wait`() async throws {
    let output = try await run(
      """
      for i in 1 2 3 4 5 6 7 8 9 10; do tt-auth --raw >"t$i" & done; wait
      cat t? t10 | sort -u | wc -l
      curl -s "$TENANT_URL/_control/stats" | grep -o '"token":[0-9]*'
      """)
    #expect(output == "1\n\"token\":1\n")
  }

  @Test func `a cached token is used again, and logout forgets it`() async throws {
    let output = try await run(
      """
      tt-auth --raw >a; tt-auth --raw >b; cmp a b && tt-auth logout -q; tt-auth --raw >/dev/null
      curl -s "$TENANT_URL/_control/stats" | grep -o '"token":[0-9]*'
      """)
    #expect(output == "\"token\":2\n")
  }

  @Test func `a clock that is off is noticed and allowed for`() async throws {
    let output = try await run(
      """
      curl -s -X POST "$TENANT_URL/_control/faults" -d '{"clockSkewSeconds":900}' >/dev/null
      AZURE_CLIENT_CERTIFICATE_PATH=both.pem tt-auth --credential certificate 2>words | cut -c1-17
      grep -c 'clock is off by about 15 min' words
      """)
    #expect(output == "{\"record\":\"token\"\n1\n")
  }

  @Test(arguments: [(7_000_222, 77), (90002, 78), (53003, 77), (700_016, 78)])
  func `a refusal is explained, with a status`(number: Int, status: Int) async throws {
    let output = try await run(
      """
      curl -s -X POST "$TENANT_URL/_control/faults" -d '{"refuseToken":\(number)}' >/dev/null
      tt-auth 2>words; echo $?; grep -c "AADSTS\(number)" words; grep -c hint: words
      grep -c "$CLIENT_SECRET" words
      true
      """)
    #expect(output == "\(status)\n1\n1\n0\n")
  }
}
