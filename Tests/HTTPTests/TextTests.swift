import HTTP
import Testing

@Suite struct TextTests {
  @Test func `a secret's odd characters survive a form`() {
    let request = Request.form("https://x.test", [("a", "~.+/= &é"), ("b", "1")])
    #expect(String(decoding: request.body, as: UTF8.self) == "a=~.%2B%2F%3D%20%26%C3%A9&b=1")
  }

  @Test(arguments: [("key", "a[secret]b[secret]"), ("e", "ak[secret]ybk[secret]y")])
  func `a secret that a server repeats is taken out, however short`(secret: String, body: String) {
    var response = Response(status: 400, body: Array("akeybkey".utf8))
    response.redact(secret)
    #expect(String(decoding: response.body, as: UTF8.self) == body)
  }

  @Test(arguments: 0...10)
  func `base64 comes back as it went`(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 250 &+ $0 &* 37) }
    #expect(Base64.decode(Base64.encodeForURL(bytes)) == bytes)
  }

  @Test func `base64 takes both alphabets and refuses what is none`() {
    #expect(Base64.decode("-_8=") == Base64.decode("+/8"))
    #expect(Base64.decode("a b\nc") != nil)
    #expect(Base64.decode("!") == nil)
  }

  @Test(arguments: [
    ("2026-03-29", "2026-03-29T00:00:00Z"), ("2024-02-29T23:59:59.9Z", "2024-02-29T23:59:59Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z"),
  ])
  func `a time comes back as it was written`(text: String, description: String) {
    #expect(UTCTime(text)?.description == description)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "26-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
    "2026-01-01T00:00:00.Z", "2026-1-1", "", "x",
  ])
  func `what is no time is refused`(text: String) {
    #expect(UTCTime(text) == nil)
  }

  @Test func `a challenge's claims are read in spite of commas and padding`() {
    let headers: Headers = [
      "WWW-Authenticate":
        "Bearer authorization_uri=\"https://a.test/?x=1,2\", error=\"insufficient_claims\","
        + " claims=\"eyJhIjoxfQ==\""
    ]
    #expect(Challenge(headers)?.claims == "{\"a\":1}")
  }

  @Test(arguments: [
    #"PoP foo="x", Bearer error="insufficient_claims", claims="eyJhIjoxfQ==""#,
    #"Negotiate, bearer error=insufficient_claims, claims=eyJhIjoxfQ, Basic realm="a b""#,
  ])
  func `a challenge is found behind others on its line`(header: String) {
    #expect(Challenge(["WWW-Authenticate": header])?.claims == "{\"a\":1}")
  }

  @Test func `a secret that a server repeats is taken out`() {
    var response = Response(status: 400, body: Array("Bearer abc.def and abc.def".utf8))
    response.redact("abc.def")
    #expect(String(decoding: response.body, as: UTF8.self) == "Bearer [secret] and [secret]")
  }

  @Test(arguments: ["Bearer error=\"invalid_token\"", "Basic realm=\"x\"", "Bearer"])
  func `an ordinary 401 asks for no claims`(header: String) {
    #expect(Challenge(["WWW-Authenticate": header])?.claims == nil)
  }

  @Test func `a random UUID has version and variant in their places`() {
    for _ in 0..<100 {
      let uuid = randomUUID()
      #expect(
        uuid.wholeMatch(
          of: #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil)
    }
  }
}
