extension World {
  /// Members with mailboxes, then everybody who is not one: rooms, guests, people without a licence.
  mutating func populate(people count: Int, events: EventMix) {
    for index in 0..<count { addMember(index, events) }
    memberCount = count
    addRoom(events)
    addDenied(events)
    addOutsiders()
    groups = [
      Group(
        id: guid(seed, "group", "consulting"), displayName: "Consulting",
        members: people.filter { $0.department == "Consulting" || $0.userType == "Guest" }.map(\.id)
      )
    ]
  }

  /// One more member; the index decides who it is.
  mutating func addMember(_ index: Int, _ events: EventMix) {
    let (first, last) = names(index)
    let login = "\(first).\(last)".lowercased().filter { $0.isASCII }
    let suffix = index < givenNames.count ? "" : String(index)
    let profile = zoneProfiles[index % zoneProfiles.count]
    let name = "\(login)\(suffix)@example.test"
    let member = Person(
      id: guid(seed, "person", String(index)), userPrincipalName: name,
      // The address of some differs from the name they sign in with.
      mail: index % 5 == 3
        ? "\(first.first.map(String.init) ?? "x")\(last)\(suffix)@mail.example.test" : name,
      displayName: "\(first) \(last)", usageLocation: profile.country,
      department: ["Consulting", "Consulting", "Engineering", nil, "Sales"][index % 5],
      jobTitle: index % 4 == 0 ? nil : "Consultant", zone: profile.zone)
    settle(member, events)
  }

  private mutating func addRoom(_ events: EventMix) {
    var room = Person(
      id: guid(seed, "room"), userPrincipalName: "room.jupiter@example.test",
      mail: "room.jupiter@example.test", displayName: "Room Jupiter (8)",
      zone: MailboxZone("W. Europe Standard Time", is: "Europe/Berlin"))
    room.accountEnabled = false
    room.userPurpose = "room"
    settle(room, events.fewer(by: 10))
  }

  private mutating func addDenied(_ events: EventMix) {
    var denied = Person(
      id: guid(seed, "denied"), userPrincipalName: "board.secretary@example.test",
      mail: "board.secretary@example.test", displayName: "Board Secretary",
      zone: MailboxZone("W. Europe Standard Time", is: "Europe/Berlin"))
    denied.access = .denied
    settle(denied, events.fewer(by: 10))
  }

  private mutating func addOutsiders() {
    for (index, name) in ["kim_partner.example", "lee_vendor.example"].enumerated() {
      var guest = outsider("guest\(index)", "\(name)#EXT#@example.test", "Guest \(index + 1)")
      guest.userType = "Guest"
      guest.mail = name.split(separator: "_").joined(separator: "@")
      people.append(guest)
    }
    people.append(outsider("unlicensed", "svc.backup@example.test", "Backup Service"))
    var hybrid = outsider("hybrid", "olga.premises@example.test", "Olga Premises")
    hybrid.mail = hybrid.userPrincipalName
    hybrid.access = .onPremises
    people.append(hybrid)
  }

  private func outsider(_ key: String, _ name: String, _ displayName: String) -> Person {
    var person = Person(
      id: guid(seed, key), userPrincipalName: name, mail: nil, displayName: displayName,
      zone: MailboxZone("", is: "Etc/UTC"))
    person.access = .noMailbox
    return person
  }

  /// Puts a person into the directory and fills the mailbox.
  private mutating func settle(_ person: Person, _ events: EventMix) {
    people.append(person)
    var filler = MailboxFiller(person: person, seed: seed, now: now)
    mailboxes[person.id] = filler.mailbox(events)
  }
}

private let givenNames = [
  "Ada", "Björn", "Chiara", "Daiyu", "Erik", "Fatima", "Grzegorz", "Hana", "Ines", "Jonas",
  "Keiko", "Liam", "Mária", "Nuno", "Oona", "Priya",
]
private let familyNames = [
  "Okafor", "Lind", "Rossi", "Chen", "O'Neil", "Haddad", "Nowak", "Sato", "Castro", "Weber",
  "Tanaka", "Byrne", "Kovács", "Silva", "Virtanen", "Rao", "Smith",
]

private func names(_ index: Int) -> (String, String) {
  (givenNames[index % givenNames.count], familyNames[index % familyNames.count])
}

/// Zones as mailboxes spell them: Windows names, IANA names, custom zones, old and odd spellings.
private let zoneProfiles: [(country: String?, zone: MailboxZone)] = [
  ("DE", MailboxZone("W. Europe Standard Time", is: "Europe/Berlin")),
  ("US", MailboxZone("Eastern Standard Time", is: "America/New_York")),
  ("GB", MailboxZone("Europe/London", is: "Europe/London")),
  ("AU", MailboxZone("AUS Eastern Standard Time", is: "Australia/Sydney")),
  ("IN", MailboxZone("India Standard Time", is: "Asia/Calcutta")),
  (
    "JP",
    MailboxZone("", workingHours: #"{"name":"Tokyo Standard Time"}"#, is: "Asia/Tokyo")
  ),
  ("NZ", MailboxZone("Pacific/Auckland", is: "Pacific/Auckland")),
  ("BR", MailboxZone("E. South America Standard Time", is: "America/Sao_Paulo")),
  ("CA", MailboxZone("Newfoundland Standard Time", is: "America/St_Johns")),
  (
    "NP",
    MailboxZone(
      "tzone://Microsoft/Custom", workingHours: customZone(bias: 345, daylight: false),
      is: "Asia/Kathmandu")
  ),
  ("MM", MailboxZone("Asia/Yangon (Rangoon)", is: "Asia/Yangon")),
  (
    "DE",
    MailboxZone(
      "Customized Time Zone", workingHours: customZone(bias: 60, daylight: true),
      is: "Europe/Berlin")
  ),
  ("AU", MailboxZone("Lord Howe Standard Time", is: "Australia/Lord_Howe")),
  ("WS", MailboxZone("US/Samoa", is: "US/Samoa")),
  ("MA", MailboxZone("Morocco Standard Time", is: "Africa/Casablanca")),
  (nil, MailboxZone("UTC", is: "Etc/UTC")),
]

/// A zone that somebody made by hand; with daylight time it has the European Union's rules.
private func customZone(bias: Int, daylight: Bool) -> String {
  JSONText.object { json in
    json.member("@odata.type", "#microsoft.graph.customTimeZone")
    json.member("name", "Customized Time Zone")
    json.member("bias", bias)
    json.member("standardOffset") { write(month: daylight ? 10 : 0, hour: "03", &$0) }
    json.member("daylightOffset") { offset in
      offset.member("daylightBias", daylight ? -60 : 0)
      write(month: daylight ? 3 : 0, hour: "02", &offset)
    }
  }
}

/// The last Sunday of a month, every year; month 0 is never.
private func write(month: Int, hour: String, _ json: inout JSONText) {
  json.member("time", "\(hour):00:00.0000000")
  json.member("dayOccurrence", month == 0 ? 0 : 5)
  json.member("dayOfWeek", "sunday")
  json.member("month", month)
  json.member("year", 0)
}
