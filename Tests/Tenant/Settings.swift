/// What the tenant is started with.
struct Settings: Sendable {
  var seed = 7
  var people = 12
  var mix = EventMix(count: 300)
  var now: Int
  var tenantId = "7e1f8a4c-3b52-4d19-9c77-2a5b6e0d1f33"
  var tenantDomain = "example.test"
  var clientId = "5d0c2e9b-61a7-4f3e-8b14-9e7a3c5f2d60"
  var clientSecret = "s3cret~with.odd+chars/and=signs"
  var identityHeader = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a"
  /// Certificates with which the application may sign.
  var certificates: [Certificate] = []
  /// The other issuer's key, and what its tokens must say.
  var federatedKey: PublicKey?
  var federatedIssuer = "https://issuer.example.test"
  var federatedSubject = "system:serviceaccount:tracktime:sync"
  var federatedAudience = "api://AzureADTokenExchange"
  /// Where nobody may send anything: another port of this machine.
  var trap = "http://localhost:1"
  /// Seconds that a token lives.
  var tokenLifetime = 4512
  var roles = [
    "Calendars.Read", "User.Read.All", "MailboxSettings.Read", "GroupMember.Read.All",
  ]
  /// Exchange grants the rights, so that they do not show in the token.
  var grantsByExchange = false
}
