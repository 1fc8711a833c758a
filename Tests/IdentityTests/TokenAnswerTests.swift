import Console
import HTTP
import Testing

@testable import Identity

@Suite struct TokenAnswerTests {
  private func answer(_ status: Int, _ body: String, _ headers: Headers = [:]) -> Response {
    Response(status: status, headers: headers, body: Array(body.utf8))
  }

  @Test(arguments: [
    #"{"token_type":"Bearer","expires_in":60,"access_token":"abc"}"#,
    #"{"token_type":"bearer","expires_in":"60","access_token":"abc","refresh_token":""}"#,
    #"{"expires_on":"1060","access_token":"abc","resource":"x"}"#,
    #"{"expires_in":60.0,"access_token":"abc"}"#,
  ])
  func `a token's life is known, whether numbers are numbers or texts`(body: String) throws {
    let token = try TokenAnswer.token(answer(200, body), now: 1000)
    #expect(token.text == "abc")
    #expect(token.expiresAt == 1060)
  }

  @Test(arguments: [
    "", #","expires_in":null"#, #","expires_on":"tomorrow""#, #","expires_in":1e999"#,
    #","expires_in":1e300"#, #","expires_in":"0""#, #","expires_in":-5"#, #","expires_on":"1000""#,
    #","expires_on":9223372036854775807"#,
  ])
  func `a token of which nobody says how long it lives is soon asked for anew`(
    life: String
  ) throws {
    let token = try TokenAnswer.token(answer(200, #"{"access_token":"abc"\#(life)}"#), now: 1000)
    #expect(token.expiresAt == 1600)
  }

  @Test func `of several times to end the first that can be is taken`() throws {
    let claims = Base64.encodeForURL(Array(#"{"exp":1500}"#.utf8))
    for (life, end) in [
      (#""expires_in":0,"expires_on":"1060""#, 1060.0), (#""expires_in":1e300"#, 1500),
      (#""expires_on":"17""#, 1500),
    ] {
      let body = #"{"access_token":"a.\#(claims).c",\#(life)}"#
      #expect(try TokenAnswer.token(answer(200, body), now: 1000).expiresAt == end)
    }
  }

  @Test func `a portal in the way is no refusal`() {
    let fault = TokenFault(answer(302, "", ["Location": "https://portal.example/"]), now: 0)
    #expect(fault.failure.status == .unavailable)
    #expect(fault.failure.message.contains("redirect"))
  }

  @Test(arguments: ["", "<html>", "{}", #"{"access_token":"","expires_in":1}"#])
  func `a success without a token is worth another try`(body: String) throws {
    let fault = #expect(throws: TokenFault.self) {
      try TokenAnswer.token(answer(200, body), now: 0)
    }
    #expect(fault?.isTransient == true)
  }

  @Test func `an error is told without ids, and the secret is not in it`() {
    let body =
      #"{"error":"invalid_client","error_description":"AADSTS7000222: It expired. Trace ID: 1 Correlation ID: 2","error_codes":[7000222]}"#
    let fault = TokenFault(answer(401, body), now: 0)
    #expect(fault.number == 7_000_222)
    #expect(fault.description == "It expired.")
    #expect(!fault.isTransient)
    #expect(fault.failure.status == .notAllowed)
    #expect(fault.failure.hint?.contains("New client secret") == true)
  }

  @Test(arguments: [(429, ""), (503, ""), (400, #"{"error":"temporarily_unavailable"}"#)])
  func `a service in trouble is asked again`(status: Int, body: String) {
    let fault = TokenFault(answer(status, body, ["Retry-After": "7"]), now: 0)
    #expect(fault.isTransient)
    #expect(fault.retryAfterSeconds == 7)
  }

  @Test(arguments: [(4512.0, 4211.0, false), (4512, 4213, true), (3, 2.3, false), (3, 2.5, true)])
  func `a token is renewed five minutes before its end, or a fifth of a short life`(
    life: Double, age: Double, isDue: Bool
  ) {
    let token = AccessToken(text: "x", obtainedAt: 100, expiresAt: 100 + life)
    #expect(token.isDue(at: 100 + age) == isDue)
  }
}

@Suite struct TokenSourceTests {
  /// Gives one answer after the other, and keeps what was asked.
  final class Script: Transport {
    private(set) var requests: [Request] = []
    private var answers: [Response]

    init(_ answers: [Response]) { self.answers = answers }

    func send(_ request: Request) throws(TransportError) -> Response {
      requests.append(request)
      guard !answers.isEmpty else { throw TransportError(.unreachable, "nobody there") }
      return answers.removeFirst()
    }
  }

  private let good = Response(
    status: 200, body: Array(#"{"token_type":"Bearer","expires_in":60,"access_token":"t"}"#.utf8))
  private let request = TokenRequest(
    tenant: "a tenant", client: "app", authority: "https://login.test", scope: "https://g/.default")

  private func source(
    _ script: Script, _ credential: Credential = .secret("s+/="),
    slept: @escaping (Double) -> Void = { _ in }
  ) -> TokenSource {
    TokenSource(
      request, credential, cache: nil, transport: script, log: .init(tool: "t", level: .error),
      clock: { 0 }, sleep: slept)
  }

  @Test func `the secret goes into the form, never into the address`() throws {
    let script = Script([good])
    #expect(try source(script).token().text == "t")
    let sent = try #require(script.requests.first)
    #expect(sent.url == "https://login.test/a%20tenant/oauth2/v2.0/token")
    #expect(
      String(decoding: sent.body, as: UTF8.self)
        == "grant_type=client_credentials&client_id=app&scope=https%3A%2F%2Fg%2F.default"
        + "&client_secret=s%2B%2F%3D")
  }

  @Test func `trouble is waited out as the server asks`() throws {
    let script = Script([Response(status: 429, headers: ["Retry-After": "9"]), good])
    var waits: [Double] = []
    _ = try source(script) { waits.append($0) }.token()
    #expect(waits.count == 1)
    #expect(waits.allSatisfy { $0 >= 9 })
  }

  @Test func `a wrong secret is final`() {
    let refusal = Response(
      status: 401, body: Array(#"{"error":"invalid_client","error_codes":[7000215]}"#.utf8))
    let script = Script([refusal, good])
    #expect(throws: (any Error).self) { try source(script).token() }
    #expect(script.requests.count == 1)
  }

  private static let appService = ManagedIdentity(
    kind: .appService(header: "h"), endpoint: "http://127.0.0.1:1/msi/token")

  @Test(arguments: [404, 410, 429, 503])
  func `an identity service that is being updated is asked again`(status: Int) throws {
    let script = Script([Response(status: status), good])
    #expect(try source(script, .managedIdentity(Self.appService)).token().text == "t")
  }

  @Test func `what App Service says of a missing identity is told`() {
    let refusal = Response(
      status: 400, body: Array(#"{"statusCode":400,"message":"No managed identity found"}"#.utf8))
    let failure = #expect(throws: Failure.self) {
      try source(Script([refusal]), .managedIdentity(Self.appService)).token()
    }
    #expect(failure?.status == .configuration)
    #expect(
      failure?.message.hasSuffix("IDENTITY_ENDPOINT names: No managed identity found") == true)
  }
}
