/// The texts and tables that entries refer to by number.
struct Catalog: Sendable {
  /// Mail addresses; a person's number leads to one of them.
  var users = NameTable()
  var projects = NameTable()
  var activities = NameTable()
  var categories = NameTable()
  var organizers = NameTable()
  var showAs = NameTable()

  /// The mail address of each person.
  private(set) var userOfPerson: [UInt32] = []
  private(set) var labels: [Labels] = []
  private(set) var zones: [ZoneDays] = []
  private var numberOfLabels: [Labels: Int32] = [:]

  mutating func addPerson(mail: String) -> Int32 {
    userOfPerson.append(users.number(of: mail))
    return Int32(userOfPerson.count - 1)
  }

  mutating func addZone(_ zone: ZoneDays) -> Int32 {
    zones.append(zone)
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
