/// One account of the directory.
struct Person: Sendable {
  /// What the account's calendar is to an app.
  enum Access: Sendable {
    case readable
    /// A guest or somebody without a licence.
    case noMailbox
    /// A mailbox that still lives on premises.
    case onPremises
    /// Outside the scope of the application access policy.
    case denied
  }

  let id: String
  var userPrincipalName: String
  var mail: String?
  var displayName: String
  var userType = "Member"
  var accountEnabled = true
  var usageLocation: String?
  var department: String?
  var jobTitle: String?
  var access = Access.readable
  var userPurpose = "user"
  var zone: MailboxZone
}

/// How a mailbox spells its zone, and what that really is.
struct MailboxZone: Sendable {
  /// `mailboxSettings.timeZone`; may be empty.
  var name: String
  /// `mailboxSettings.workingHours.timeZone`, as JSON.
  var workingHours: String
  /// The zone whose rules hold.
  var iana: String
  /// The name that a program tells: CLDR's spelling, or none for a zone made by hand.
  var told: String?

  /// A zone that Graph spells the same in both places.
  init(_ name: String, is iana: String) {
    self.init(name, workingHours: "{\"name\":\(quoted(name))}", is: iana)
  }

  init(_ name: String, workingHours: String, is iana: String) {
    self.name = name
    self.workingHours = workingHours
    self.iana = iana
    told = workingHours.contains("customTimeZone") ? nil : iana
  }

  /// The zone a client writes into an event: the mailbox's, or what Outlook writes for custom ones.
  var eventZone: String { name.isEmpty ? "UTC" : name }
}

struct Group: Sendable {
  let id: String
  let displayName: String
  var members: [String]
}
