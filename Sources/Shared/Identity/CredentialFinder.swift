internal import Console
internal import HTTP

/// Finds the credential that the settings hold.
struct CredentialFinder {
  let world: World
  let signature: Credential.Signature
  let client: String?

  func find(_ choice: IdentityOptions.Choice) throws -> Credential {
    switch choice {
    case .auto:
      try secret() ?? certificate() ?? federated() ?? .managedIdentity(managedIdentity())
    case .secret: try require(secret(), "CLIENT_SECRET or CLIENT_SECRET_FILE")
    case .certificate: try require(certificate(), "AZURE_CLIENT_CERTIFICATE_PATH")
    case .federated: try require(federated(), "AZURE_FEDERATED_TOKEN_FILE")
    case .managedIdentity: .managedIdentity(try managedIdentity())
    }
  }

  private func require(_ credential: Credential?, _ names: String) throws -> Credential {
    guard let credential else {
      throw Failure(
        .configuration, "\(names) is not set", hint: "set it in the environment or in .env")
    }
    return credential
  }

  private func secret() throws -> Credential? {
    let secret =
      try world.environment.secret("CLIENT_SECRET", world.log)
      ?? world.environment.secret("AZURE_CLIENT_SECRET", world.log)
    return secret.map { .secret($0) }
  }

  private func certificate() throws -> Credential? {
    guard let path = world.environment["AZURE_CLIENT_CERTIFICATE_PATH"] else { return nil }
    let pem = try world.environment.secret(inFile: path, world.log)
    do {
      return .certificate(try ClientCertificate(pem: pem), signature)
    } catch {
      throw Failure(.configuration, "\(path): \(error.meaning)", hint: error.remedy)
    }
  }

  private func federated() -> Credential? {
    world.environment["AZURE_FEDERATED_TOKEN_FILE"].map { .federated(path: $0) }
  }

  /// App Service says where to ask; virtual machines always have the same address.
  private func managedIdentity() throws -> ManagedIdentity {
    let environment = world.environment
    if let endpoint = environment["IDENTITY_ENDPOINT"],
      let header = environment["IDENTITY_HEADER"]
    {
      return ManagedIdentity(
        kind: .appService(header: header), endpoint: try checked(endpoint, "IDENTITY_ENDPOINT"),
        clientId: client)
    }
    let host = environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "http://169.254.169.254"
    let endpoint = try checked(host, "AZURE_POD_IDENTITY_AUTHORITY_HOST")
    return ManagedIdentity(
      kind: .imds, endpoint: endpoint + "/metadata/identity/oauth2/token", clientId: client)
  }

  private func checked(_ endpoint: String, _ name: String) throws -> String {
    var endpoint = endpoint
    while endpoint.last == "/" { endpoint.removeLast() }
    guard let origin = Origin(of: endpoint), origin.isSafe || origin.isLinkLocal else {
      throw Failure(
        .configuration, "\(name) leaves this machine without encryption: \(endpoint)")
    }
    return endpoint
  }
}

extension ClientCertificate.Fault {
  var meaning: String {
    switch self {
    case .noCertificate: "no certificate in it"
    case .noKey: "no private key in it"
    case .encryptedKey: "its private key is encrypted"
    case .unusableKey: "its private key is no RSA key of at least 2048 bits"
    }
  }

  var remedy: String {
    switch self {
    case .noCertificate, .noKey: "put certificate and key into one PEM file"
    case .encryptedKey: "openssl pkey -in FILE -out key.pem, then chmod 600 key.pem"
    case .unusableKey: "openssl req -x509 -newkey rsa:2048 -nodes makes one that will do"
    }
  }
}
