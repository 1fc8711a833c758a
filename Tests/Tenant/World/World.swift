/// Everything the tenant holds.
struct World: Sendable {
  let seed: Int
  /// The instant around which calendars are filled.
  let now: Int
  var people: [Person] = []
  var mailboxes: [String: Mailbox] = [:]
  var groups: [Group] = []
  /// Ids of accounts that changed, in order.
  var directoryChanges: [String] = []
  /// Members that were ever there; the next one gets this index.
  var memberCount = 0
  /// How many rounds of changes were asked for; makes each different.
  var changeRounds = 0

  init(seed: Int, now: Int) {
    self.seed = seed
    self.now = now
  }

  /// The account behind an object id or a principal name.
  func person(_ name: String) -> Person? {
    let wanted = name.lowercased()
    return people.first { $0.id == wanted || $0.userPrincipalName.lowercased() == wanted }
  }
}
