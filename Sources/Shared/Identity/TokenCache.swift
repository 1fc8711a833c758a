package import Console
internal import Crypto
internal import HTTP
internal import NDJSON

/// Tokens that earlier runs got, one file a tenant, client and scope.
package struct TokenCache: Sendable {
  package let file: CacheFile

  /// Names the file by a hash, so that no scope or tenant can name a path.
  package init(folder: String, _ request: TokenRequest, credential: String) {
    let identity = [
      request.authority, request.tenant ?? "", request.client ?? "", request.scope, credential,
    ]
    let hash = SHA256.hash(data: Array(identity.joined(separator: "\n").utf8))
    let name = hash.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    file = CacheFile(folder: folder, name: "token-\(name).json")
  }

  /// Where the cache is: `$XDG_CACHE_HOME/tracktime365`; nil when there is no home.
  package static func folder(_ environment: Environment) -> String? {
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return cache + "/tracktime365"
    }
    return environment["HOME"].map { $0 + "/.cache/tracktime365" }
  }

  package func load() -> AccessToken? {
    guard let bytes = file.read(), let tree = try? JSONTree(bytes),
      let text = tree["accessToken"]?.string, let obtained = tree["obtainedAtMs"]?.integer,
      let expires = tree["expiresAtMs"]?.integer
    else { return nil }
    return AccessToken(
      text: text, obtainedAt: Double(obtained) / 1000, expiresAt: Double(expires) / 1000)
  }

  package func store(_ token: AccessToken) -> Bool {
    var output = OutputBuffer(capacity: 4096)
    output.append("{\"accessToken\":")
    output.append(jsonString: token.text)
    output.append(",\"obtainedAtMs\":")
    output.append(integer: Int(token.obtainedAt * 1000))
    output.append(",\"expiresAtMs\":")
    output.append(integer: Int(token.expiresAt * 1000))
    output.append("}\n")
    return file.replace(
      with: output.withBytes { bytes in
        unsafe bytes.withUnsafeBytes { unsafe Array($0) }
      })
  }
}

extension TokenCache {
  /// Forgets every token in the folder; returns how many there were.
  ///
  /// Locks stay: another program may hold one.
  package static func removeAll(in folder: String) throws -> Int {
    var count = 0
    for name in fileNames(in: folder)
    where name.hasPrefix("token-") && name.hasSuffix(".json") {
      let file = CacheFile(folder: folder, name: name)
      guard file.remove() else {
        throw Failure(.cannotCreate, "cannot remove \(file.path)")
      }
      count += 1
    }
    return count
  }
}
