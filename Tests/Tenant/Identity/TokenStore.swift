/// The tokens that were given out, and how long each of them holds.
struct TokenStore: Sendable {
  struct Grant: Sendable {
    let expires: Double
    let roles: Set<String>
    let hasClaims: Bool
  }

  /// What a challenge asks for.
  static let wantedClaims =
    #"{"access_token":{"nbf":{"essential":true,"value":"1604106651"},"acrs":{"values":["c1?"]}}}"#

  private var grants: [String: Grant] = [:]
  private var random: SeededRandom
  /// Whether tokens are only good that were asked for with the claims of a challenge.
  var requiresClaims = false

  init(seed: Int) { random = SeededRandom(seed, "tokens") }

  /// A new token in the shape of a JWT.
  mutating func issue(_ settings: Settings, audience: String, lifetime: Int, claims: String?)
    -> String
  {
    let now = Int(wallClock())
    let uti = hex(random.next(), digits: 16)
    let header = #"{"typ":"JWT","alg":"RS256","x5t":"c2lt","kid":"c2lt"}"#
    let payload = JSONText.object { json in
      json.member("aud", audience)
      json.member("iss", "https://sts.windows.net/\(settings.tenantId)/")
      json.member("iat", now)
      json.member("nbf", now)
      json.member("exp", now + lifetime)
      json.member("appid", settings.clientId)
      json.member("idtyp", "app")
      json.member("tid", settings.tenantId)
      if !settings.grantsByExchange { json.member("roles", settings.roles) }
      json.member("uti", uti)
      json.member("ver", "1.0")
    }
    let signature = (0..<32).map { _ in hex(random.next(), digits: 16) }.joined()
    let token = [header, payload, signature].map { base64URL(Array($0.utf8)) }.joined(
      separator: ".")
    grants[token] = Grant(
      expires: wallClock() + Double(lifetime), roles: Set(settings.roles),
      hasClaims: claims == Self.wantedClaims)
    return token
  }

  /// What a token allows; nil when it was never given out.
  func grant(_ token: String) -> Grant? { grants[token] }

  func satisfiesClaims(_ token: String) -> Bool {
    !requiresClaims || grants[token]?.hasClaims ?? false
  }

  /// Takes a token back, as continuous access evaluation does.
  mutating func revoke(_ token: String) { grants[token] = nil }
}

/// Base64 with `-` and `_`, without padding (RFC 4648, 5).
func base64URL(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for place in 0...group.count { text.append(alphabet[bits >> (18 - 6 * place) & 63]) }
  }
  return String(decoding: text, as: UTF8.self)
}

/// Base64 with padding (RFC 4648, 4).
func base64Padded(_ bytes: [UInt8]) -> String {
  let text = base64URL(bytes).replacing("-", with: "+").replacing("_", with: "/")
  return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
}

/// Reads base64, with or without padding, of either alphabet; nil when it is none.
func base64Decoded(_ text: some StringProtocol) -> [UInt8]? {
  var bytes: [UInt8] = []
  var (bits, count) = (0, 0)
  for byte in text.utf8 where byte != UInt8(ascii: "=") {
    let value: UInt8
    switch byte {
    case 0x41...0x5A: value = byte - 0x41
    case 0x61...0x7A: value = byte - 0x61 + 26
    case 0x30...0x39: value = byte - 0x30 + 52
    case UInt8(ascii: "-"), UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "_"), UInt8(ascii: "/"): value = 63
    default: return nil
    }
    (bits, count) = (bits << 6 | Int(value), count + 6)
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      bits &= (1 << count) - 1
    }
  }
  return bytes
}
