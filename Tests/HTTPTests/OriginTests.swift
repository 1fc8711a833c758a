import HTTP
import Testing

@Suite struct OriginTests {
  @Test(arguments: [
    ("https://graph.microsoft.com/v1.0/users?$top=1", "https://graph.microsoft.com"),
    ("HTTPS://Graph.Microsoft.com:443", "https://graph.microsoft.com"),
    ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"), ("http://[::1]:81", "http://[::1]:81"),
  ])
  func `an origin is scheme, host and port`(url: String, origin: String) {
    #expect(Origin(of: url)?.description == origin)
  }

  @Test(arguments: [
    "https://graph.microsoft.com@evil.test/", "https://graph.microsoft.com\\@evil.test",
    "https:/graph.microsoft.com", "//graph.microsoft.com", "ftp://graph.microsoft.com", "",
    "https://", "https://graph.microsoft.com:0", "https://graph.microsoft.com:x",
    "https://graph.microsoft.com\n.evil.test", " https://graph.microsoft.com",
  ])
  func `an address that could be read in two ways has none`(url: String) {
    #expect(Origin(of: url) == nil)
  }

  @Test(arguments: [
    "https://graph.microsoft.com.evil.test", "https://graph.microsoft.com:444",
    "http://graph.microsoft.com", "https://evil.test/graph.microsoft.com",
  ])
  func `another host, port or scheme is another origin`(url: String) {
    #expect(Origin(of: url) != Origin(of: "https://graph.microsoft.com"))
  }

  @Test(arguments: [
    ("http://127.0.0.1", true), ("http://localhost:1", true), ("http://127.1.2.3", true),
    ("http://127.evil.test", false), ("http://10.0.0.1", false), ("https://10.0.0.1", true),
    ("http://localhost.evil.test", false),
  ])
  func `only this machine may be asked without encryption`(url: String, isSafe: Bool) {
    #expect(Origin(of: url)?.isSafe == isSafe)
  }
}
