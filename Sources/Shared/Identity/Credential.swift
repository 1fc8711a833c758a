/// What a program proves its identity with.
package enum Credential: Sendable {
  case secret(String)
  case certificate(ClientCertificate, Signature)
  /// A file with another issuer's token; read anew for each request, since it is replaced while we run.
  case federated(path: String)
  case managedIdentity(ManagedIdentity)

  /// How an assertion is signed.
  package enum Signature: String, Sendable, CaseIterable {
    /// RSA-PSS, with the certificate's SHA-256 thumbprint: what the identity platform asks for.
    case ps256
    /// RSA PKCS #1 v1.5, with the SHA-1 thumbprint: what older registrations know.
    case rs256
  }

  /// The word that an option takes for it.
  package var word: String {
    switch self {
    case .secret: "secret"
    case .certificate: "certificate"
    case .federated: "federated"
    case .managedIdentity: "managed-identity"
    }
  }
}

/// Where a machine of Azure gets its own identity's tokens.
package struct ManagedIdentity: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// The metadata service of virtual machines.
    case imds
    /// App Service, Functions, Container Apps; the header is a secret of that machine.
    case appService(header: String)
  }

  package var kind: Kind
  package var endpoint: String
  /// Chooses among several identities; none means the machine's own.
  package var clientId: String?
}
