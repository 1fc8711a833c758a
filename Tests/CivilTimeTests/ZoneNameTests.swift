import CivilTime
import Testing

@Suite struct ZoneNameTests {
  @Test(
    arguments: [
      ("W. Europe Standard Time", [], "Europe/Berlin"),
      ("w. europe standard time", [], "Europe/Berlin"),
      ("W. Europe Standard Time", ["NL"], "Europe/Amsterdam"),
      ("W. Europe Standard Time", ["nl"], "Europe/Amsterdam"),
      ("W. Europe Standard Time", ["US", "IT"], "Europe/Rome"),
      ("W. Europe Standard Time", ["US"], "Europe/Berlin"),
      ("Central Asia Standard Time", ["KZ"], "Asia/Bishkek"),
      ("West Asia Standard Time", ["KZ"], "Asia/Oral"),
      ("UTC", [], "Etc/UTC"), ("utc", [], "Etc/UTC"),
      ("tzone://Microsoft/Utc", [], "Etc/UTC"), ("tzone://microsoft/utc", [], "Etc/UTC"),
      ("Kamchatka Standard Time", [], "Asia/Kamchatka"),
      ("Europe/Berlin", ["NL"], "Europe/Berlin"), ("Asia/Calcutta", [], "Asia/Calcutta"),
    ])
  func `a name means a zone, by the person's country where it matters`(
    name: String, territories: [String], zone: String
  ) {
    #expect(ZoneName(name, territories: territories) == .zones([zone]))
  }

  @Test(
    arguments: [
      ("Asia/Toshkent (Tashkent)", ["Asia/Toshkent", "Asia/Tashkent"]),
      ("Asia/Astana (Almaty)", ["Asia/Astana", "Asia/Almaty"]),
      ("Asia/Yangon (Rangoon)", ["Asia/Yangon", "Asia/Rangoon"]),
      ("Europe/Kyiv (Kiev)", ["Europe/Kyiv", "Europe/Kiev"]),
    ])
  func `Graph's double spellings leave the choice to the tz database`(
    name: String, zones: [String]
  ) {
    #expect(ZoneName(name) == .zones(zones))
  }

  @Test(
    arguments: ["tzone://Microsoft/Custom", "Customized Time Zone", "customized time zone"])
  func `a custom zone is one that the mailbox describes`(name: String) {
    #expect(ZoneName(name) == .custom)
  }

  @Test(
    arguments: [
      "Foo Standard Time", "../../etc/passwd", "/etc/localtime", "Europe//Berlin", "Europe/",
      "Europe/../UTC", ".", "..", "Europe/Berlin\0", "zone.tab", "tzdata.zi", "Zürich", "a b",
      "(UTC+01:00) Berlin",
    ])
  func `what can't be a zone's name is unknown`(name: String) {
    #expect(ZoneName(name) == .unknown)
  }

  @Test
  func `no name is none`() {
    #expect(ZoneName("") == .none)
  }
}
