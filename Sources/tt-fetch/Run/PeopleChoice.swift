import HTTP
import Records

/// Whose mailboxes are wanted.
enum PeopleChoice: Equatable, Sendable {
  case everybody
  case group(String)
  case named([String])
  case known([UserRecord])
}

/// Which of the people found are read.
struct PeopleFilter: Sendable {
  var skipsGuests = true
  var shard = Shard(number: 1, count: 1)

  func includes(_ person: UserRecord) -> Bool {
    if skipsGuests, Self.isGuest(person) { return false }
    return shard.includes(person.id)
  }

  private static func isGuest(_ person: UserRecord) -> Bool {
    if let type = person.userType { return equalsIgnoringCase(type, "Guest") }
    return person.userPrincipalName?.uppercased().contains("#EXT#") ?? false
  }
}
