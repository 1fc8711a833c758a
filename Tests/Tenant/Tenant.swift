import ArgumentParser

/// Starts the simulated tenant and serves until told to stop.
@main struct TenantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant",
    abstract: "Serve a simulated tenant's part of Graph and Entra on loopback.")

  @Option(help: "The port; 0 takes a free one.")
  var port: UInt16 = 0

  @Option(help: "What everything follows from.")
  var seed = 7

  @Option(help: "Members with a mailbox; rooms, guests and others come on top.")
  var people = 12

  @Option(help: "Events and series of each.")
  var events = 300

  @Option(help: "mixed, or singles: plain events only, exactly as many as asked for.")
  var shape = "mixed"

  @Option(help: "The instant around which calendars are filled (default: now).")
  var now: String?

  @Option(help: "Seconds that tokens live.")
  var tokenLifetime = 4512

  @Option(help: "Permissions of the application, with commas between.")
  var roles: String?

  @Flag(help: "Grant permissions in Exchange, so that they do not show in tokens.")
  var grantsByExchange = false

  @Option(help: "The application's certificate, as PEM; may be given several times.")
  var certificate: [String] = []

  @Option(help: "The public key of the issuer of federated tokens, as PEM.")
  var federatedKey: String?

  @Option(help: "A file that gets the same line as standard output, once the tenant listens.")
  var readyFile: String?

  @Flag(help: "Stop when standard input ends.")
  var untilStdinCloses = false

  func run() throws {
    var settings = try settings()
    blockStopSignals()
    let server = try Server(port: port)
    let trap = try Server(port: 0)
    settings.trap = "http://127.0.0.1:\(trap.port)"
    let tenant = Tenant(settings, base: "http://127.0.0.1:\(server.port)")
    server.start { tenant.respond(to: $0) }
    trap.start { tenant.trap($0) }
    try announce(tenant)
    if untilStdinCloses { startThread { drainStandardInput() } }
    waitForStopSignal()
  }

  private func settings() throws -> Settings {
    guard let shape = EventMix.Shape(rawValue: shape) else {
      throw ValidationError("--shape is mixed or singles, not \(shape)")
    }
    let text = now ?? dateTimeText(Int(wallClock()))
    guard let now = instant(from: text) else {
      throw ValidationError("--now is not a time: \(text)")
    }
    var settings = Settings(now: now)
    settings.seed = seed
    settings.people = people
    settings.mix = EventMix(count: events, shape: shape)
    settings.tokenLifetime = tokenLifetime
    settings.grantsByExchange = grantsByExchange
    settings.certificates = try certificate.map { try Certificate(pem: textFile($0)) }
    settings.federatedKey = try federatedKey.map { try PublicKey(pem: textFile($0)) }
    if let roles { settings.roles = roles.split(separator: ",").map(String.init) }
    return settings
  }

  private func textFile(_ path: String) throws -> String {
    guard let bytes = fileBytes(path) else { throw ValidationError("cannot read \(path)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Says where it listens and what clients need to know, as one line of JSON.
  private func announce(_ tenant: Tenant) throws {
    let settings = tenant.settings
    let group = tenant.world.withLock { $0.groups.first?.id }
    let line = JSONText.object { json in
      json.member("url", tenant.base)
      json.member("tenantId", settings.tenantId)
      json.member("clientId", settings.clientId)
      json.member("clientSecret", settings.clientSecret)
      json.member("trapUrl", settings.trap)
      json.member("identityEndpoint", tenant.base + "/msi/token")
      json.member("identityHeader", settings.identityHeader)
      json.member("groupId", group)
    }
    if let readyFile { try writeFile(line + "\n", to: readyFile) }
    announceLine(line)
  }
}
