/// What an error of the token endpoint means, and what the operator does about it.
///
/// The numbers are Microsoft's (reference-error-codes of the identity platform); the words are ours.
package struct Explanation: Sendable {
  package enum Kind: Sendable { case credential, configuration, consent }

  package let kind: Kind
  package let meaning: String
  package let remedy: String

  /// Numbers behind which the service itself is in trouble.
  static let transientNumbers: Set<Int> = [90006, 90012, 90024, 90033, 90055, 90090]

  package static func of(_ number: Int) -> Explanation? { byNumber[number] }

  private init(_ kind: Kind, _ meaning: String, _ remedy: String) {
    self.kind = kind
    self.meaning = meaning
    self.remedy = remedy
  }

  private static let registration = "Entra admin center > App registrations > your app"

  private static let assertion = Explanation(
    .credential, "the signed proof of identity was not accepted",
    "compare the certificate's thumbprint with \(registration) > Certificates & secrets >"
      + " Certificates, and check this machine's clock")

  private static let otherCloud = Explanation(
    .configuration, "the tenant belongs to another cloud",
    "choose it with --cloud usgov, usgov-dod or china, and set AZURE_AUTHORITY_HOST if needed")

  private static let badScope = Explanation(
    .configuration, "the scope is not one that an app can ask for",
    "use the resource's address with /.default behind it,"
      + " for example https://graph.microsoft.com/.default")

  private static let consent = Explanation(
    .consent, "no administrator has consented to the app's permissions",
    "\(registration) > API permissions > Grant admin consent")

  private static let disabled = Explanation(
    .configuration, "the app is disabled in this tenant",
    "Entra admin center > Enterprise applications > your app > Properties > Enabled for users"
      + " to sign in: Yes")

  private static let blocked = Explanation(
    .consent, "a Conditional Access or security policy of the tenant blocks the app",
    "Entra admin center > Protection > Conditional Access: look at the policies for workload"
      + " identities, and at the address this machine comes from")

  private static let byNumber: [Int: Explanation] = [
    7_000_215: Explanation(
      .credential, "the client secret is wrong",
      "paste the secret's Value, not its Secret ID: \(registration) > Certificates & secrets >"
        + " New client secret"),
    7_000_222: Explanation(
      .credential, "the client secret has expired",
      "make a new one: \(registration) > Certificates & secrets > New client secret"),
    7_000_218: Explanation(
      .credential, "neither a secret nor a signed proof arrived",
      "set CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH"),
    700016: Explanation(
      .configuration, "the tenant doesn't know this app",
      "compare CLIENT_ID and TENANT_ID with \(registration) > Overview"),
    700027: assertion, 50012: assertion, 50013: assertion, 500133: assertion,
    90002: Explanation(
      .configuration, "there is no such tenant in this cloud",
      "compare TENANT_ID with Entra admin center > Overview > Tenant ID, and --cloud"),
    90038: otherCloud, 900432: otherCloud,
    500011: Explanation(
      .configuration, "the tenant doesn't know the resource that the scope names",
      "check --scope and --cloud: each cloud has its own Graph"),
    65001: consent, 650056: consent,
    70011: badScope, 28002: badScope, 700022: badScope,
    7_000_112: disabled, 70001: disabled,
    53003: blocked, 530032: blocked,
    9_001_023: Explanation(
      .configuration, "an app needs one tenant, not common or consumers",
      "set TENANT_ID to the tenant's GUID or domain name"),
    50196: Explanation(
      .credential, "the service sees too many identical requests",
      "wait some minutes, and let the token cache work: $XDG_CACHE_HOME must be writable"),
    70021: Explanation(
      .credential, "no federated credential of the app matches the token file",
      "compare issuer, subject and audience: \(registration) > Certificates & secrets >"
        + " Federated credentials"),
  ]
}
