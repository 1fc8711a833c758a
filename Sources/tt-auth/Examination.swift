import Console
import CurlTransport
import HTTP
import Identity

/// The doctor's checks, in order; one that stands on a failed one is left out.
struct Examination {
  private let world: World
  private let options: AuthOptions
  private let envFile: String?
  private let user: String?
  private(set) var findings: [Finding] = []

  init(_ world: World, _ options: AuthOptions, envFile: String?, user: String?) {
    self.envFile = envFile
    self.world = world
    self.options = options
    self.user = user
  }

  mutating func run() {
    guard let settings = configuration() else { return }
    checkFiles(settings)
    checkProxy(settings)
    guard let transport = try? makeTransport(world), checkServers(settings, transport),
      let token = checkCredential(settings, transport)
    else { return }
    let isForGraph = settings.identity.request.scope == options.identity.cloud.scope
    guard isForGraph else {
      return findings.append(
        .ok("mailbox", "not tried: the token is for \(settings.identity.request.resource)"))
    }
    checkRoles(token)
    let probe = MailboxProbe(
      graph: settings.graph, token: token.text, transport: transport, user: user)
    findings += probe.run()
  }

  private struct Settings {
    let identity: IdentitySettings
    let graph: String
  }

  private mutating func configuration() -> Settings? {
    do {
      let identity = try options.identity.settings(world, scope: options.scope)
      let graph = try options.identity.graphEndpoint(world.environment)
      let tenant = identity.request.tenant ?? "the machine's own tenant"
      findings.append(
        .ok(
          "configuration",
          "\(identity.credential.word) for app \(identity.request.client ?? "of this machine") in"
            + " \(tenant), cloud \(options.identity.cloud.rawValue)"))
      return Settings(identity: identity, graph: graph)
    } catch {
      findings.append(.fail("configuration", error))
      return nil
    }
  }

  /// Files with secrets, and the folder of cached tokens.
  private mutating func checkFiles(_ settings: Settings) {
    let names = [
      "CLIENT_SECRET_FILE", "AZURE_CLIENT_SECRET_FILE", "AZURE_CLIENT_CERTIFICATE_PATH",
    ]
    var paths = names.compactMap { world.environment[$0] }
    paths.append(envFile ?? ".env")
    let exposed = paths.filter { (try? TextFile(ifPresent: $0))??.isReadableByOthers == true }
    for path in exposed {
      findings.append(
        .warn("files", "\(path) holds secrets and others may read it", "chmod 600 \(path)"))
    }
    guard let folder = TokenCache.folder(world.environment) else {
      findings.append(
        .warn("files", "there is no place to keep tokens", "set HOME or XDG_CACHE_HOME"))
      return
    }
    let trial = CacheFile(folder: folder, name: ".trial")
    guard trial.replace(with: []), trial.remove() else {
      findings.append(
        .warn(
          "files", "\(folder) can't be written: every run asks for a new token",
          "give this user the folder, or set XDG_CACHE_HOME"))
      return
    }
    if exposed.isEmpty { findings.append(.ok("files", "tokens are kept in \(folder)")) }
  }

  private mutating func checkProxy(_ settings: Settings) {
    let origin = Origin(of: settings.graph)
    guard origin?.isLoopback != true else {
      return findings.append(.ok("proxy", "none for this machine"))
    }
    let name = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
      .first { world.environment[$0] != nil }
    guard let name, let proxy = world.environment[name] else {
      return findings.append(.ok("proxy", "none"))
    }
    // A proxy's address may hold a password.
    let place = proxy.split(separator: "@").last.map(String.init) ?? proxy
    findings.append(.ok("proxy", "\(place), from \(name)"))
  }
}

// MARK: Network

extension Examination {
  /// Whether both servers answer; their `Date` tells about our clock.
  private mutating func checkServers(_ settings: Settings, _ transport: CurlTransport) -> Bool {
    var urls = [("graph", settings.graph + "/v1.0/users?$top=1")]
    if case .managedIdentity = settings.identity.credential {
    } else {
      let request = settings.identity.request
      let tenant = percentEncoded(request.tenant ?? "common")
      urls.insert(
        ("authority", "\(request.authority)/\(tenant)/v2.0/.well-known/openid-configuration"),
        at: 0)
    }
    var areThere = true
    for (name, url) in urls {
      do throws(TransportError) {
        let before = SystemClock.unixSeconds
        let response = try transport.send(Request(.get, url))
        noteAnswer(name, url, seconds: SystemClock.unixSeconds - before)
        if name == "graph" { checkClock(response) }
      } catch {
        areThere = false
        findings.append(unreachable(name, url, error))
      }
    }
    return areThere
  }

  private mutating func noteAnswer(_ name: String, _ url: String, seconds: Double) {
    let place = Origin(of: url).map(\.description) ?? url
    let security = url.hasPrefix("https") ? "TLS verified" : "without TLS, on this machine"
    findings.append(
      .ok(name, "\(place) answers in \(Int((seconds * 1000).rounded(.up))) ms, \(security)"))
  }

  private func unreachable(_ name: String, _ url: String, _ error: TransportError) -> Finding {
    let place = Origin(of: url).map(\.description) ?? url
    let remedy =
      error.kind == .untrusted
      ? "something between here and there may open TLS: set SSL_CERT_FILE to its certificates"
      : "check the network, the firewall and https_proxy"
    return .fail(name, "\(place): \(error)", remedy, .unavailable)
  }

  private mutating func checkClock(_ response: Response) {
    guard let date = response.headers["Date"].flatMap(RetryAfter.httpDate) else {
      return findings.append(
        .warn("clock", "the server doesn't tell the time", "compare with a time server"))
    }
    let off = SystemClock.unixSeconds - Double(date.unixSeconds)
    let text = "\(Int(abs(off).rounded())) s \(off < 0 ? "behind" : "ahead of") the server"
    guard abs(off) > 60 else { return findings.append(.ok("clock", text)) }
    findings.append(
      .warn("clock", text, "let it follow a time server: timedatectl set-ntp true"))
  }
}

// MARK: Token

extension Examination {
  /// A new token, since a cached one would prove nothing about the credential.
  private mutating func checkCredential(
    _ settings: Settings, _ transport: CurlTransport
  ) -> AccessToken? {
    do {
      let token = try settings.identity.source(world, transport).ask(claims: nil)
      let minutes = Int((token.expiresAt - SystemClock.unixSeconds) / 60)
      findings.append(.ok("credential", "accepted; tokens live \(minutes) min"))
      return token
    } catch {
      findings.append(.fail("credential", error))
      return nil
    }
  }

  private static let neededRoles: [(name: String, alternatives: [String], use: String)] = [
    ("Calendars.Read", ["Calendars.ReadWrite"], "events"),
    ("User.Read.All", ["User.ReadWrite.All", "Directory.Read.All"], "the list of people"),
    ("MailboxSettings.Read", ["MailboxSettings.ReadWrite"], "time zones and categories"),
  ]

  /// Rights that Exchange grants don't show in tokens: a missing role is no failure.
  private mutating func checkRoles(_ token: AccessToken) {
    let roles = Set(token.claims.roles)
    for role in Self.neededRoles {
      if roles.contains(role.name) || !roles.isDisjoint(with: role.alternatives) {
        findings.append(.ok("role", "\(role.name), for \(role.use)"))
      } else {
        findings.append(
          .warn(
            "role", "\(role.name) is not in the token, for \(role.use)",
            "Entra admin center > App registrations > your app > API permissions > Add >"
              + " Microsoft Graph > Application permissions, then Grant admin consent;"
              + " fine without, if Exchange grants it (RBAC for Applications)"))
      }
    }
  }
}
