/// Who is asked: scheme, host and port.
///
/// A token for one origin never goes to another.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  package let scheme: String
  package let host: String
  package let port: Int

  /// The origin of an absolute http or https address; nil for anything else, and for one with a user's name in it.
  package init?(of url: String) {
    let bytes = url.utf8
    guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8)
    else { return nil }
    scheme = url[..<colon].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let authority = bytes[colon...].dropFirst(3).prefix { byte in
      byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
    }
    guard !authority.contains(UInt8(ascii: "@")),
      let (host, port) = Self.split(Substring(authority), scheme)
    else { return nil }
    self.host = host
    self.port = port
  }

  private static func split(_ authority: Substring, _ scheme: String) -> (String, Int)? {
    let standard = scheme == "https" ? 443 : 80
    var host = authority
    var portText: Substring?
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[...end]
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.first == ":" else { return nil }
      portText = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = authority.lastIndex(of: ":") {
      host = authority[..<colon]
      portText = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty else { return nil }
    guard let portText, !portText.isEmpty else { return (host.lowercased(), standard) }
    guard portText.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = Int(portText),
      (1...65535).contains(port)
    else { return nil }
    return (host.lowercased(), port)
  }

  /// Whether this is the machine itself.
  package var isLoopback: Bool {
    host == "localhost" || host == "[::1]" || isIPv4(beginning: "127.")
  }

  /// Whether this is an address that only the machine's own network card answers, such as IMDS.
  package var isLinkLocal: Bool { isIPv4(beginning: "169.254.") }

  private func isIPv4(beginning prefix: String) -> Bool {
    guard host.hasPrefix(prefix) else { return false }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether secrets may go there: encrypted, or not leaving the machine.
  package var isSafe: Bool { scheme == "https" || isLoopback }

  package var description: String {
    let standard = scheme == "https" ? 443 : 80
    return "\(scheme)://\(host)" + (port == standard ? "" : ":\(port)")
  }
}
