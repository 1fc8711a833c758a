/// The texts and tables that entries refer to by number.
struct Catalog: Sendable {
  /// Mail addresses; a person's number leads to one of them.
  var users = NameTable()
  var projects = NameTable()
  var activities = NameTable()
  var categories = NameTable()
  var organizers = NameTable()
  var showAs = NameTable()

  /// Whether people go by pseudonyms.
  var isAnonymous = false
  /// What a report calls each person: the mail address, or a pseudonym.
  private(set) var userOfPerson: [UInt32] = []
  /// The id of each person; empty where only the mail address is known.
  private(set) var ids: [String] = []
  /// The mail address of each person.
  private(set) var mails: [String] = []
  private(set) var labels: [Labels] = []
  private(set) var zones: [ZoneDays] = []
  /// The instants of the period in each zone.
  private(set) var periods: [Range<Int>] = []
  private var numberOfLabels: [Labels: Int32] = [:]

  mutating func addPerson(id: String, mail: String) -> Int32 {
    ids.append(id)
    mails.append(mail)
    userOfPerson.append(users.number(of: isAnonymous ? Pseudonym.of(mail) : mail))
    return Int32(userOfPerson.count - 1)
  }

  /// The number of an organizer; of none where the address is empty.
  mutating func organizer(_ address: String) -> Int32 {
    guard !address.isEmpty else { return Int32(bitPattern: noName) }
    let name = isAnonymous ? Pseudonym.of(address) : address
    return Int32(bitPattern: organizers.number(of: name))
  }

  mutating func addZone(_ zone: ZoneDays) -> Int32 {
    zones.append(zone)
    periods.append(zone.period)
    return Int32(zones.count - 1)
  }

  mutating func number(of labels: Labels) -> Int32 {
    if let number = numberOfLabels[labels] { return number }
    let number = Int32(self.labels.count)
    self.labels.append(labels)
    numberOfLabels[labels] = number
    return number
  }
}
