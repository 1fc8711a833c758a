import CivilTime
import Testing

@Suite struct DateTimeTextTests {
  @Test(
    arguments: [
      ("2026-03-29T01:30:00", 1_774_747_800, 0),
      ("2026-03-29T01:30:00.0000000", 1_774_747_800, 0),
      ("2026-03-29T01:30:00.5", 1_774_747_800, 500_000_000),
      ("2026-03-29T01:30:00.123456789", 1_774_747_800, 123_456_789),
      ("1970-01-01T00:00:00", 0, 0),
      ("1969-12-31T23:59:59.9999999", -1, 999_999_900),
      ("0001-01-01T00:00:00", -62_135_596_800, 0),
      ("9999-12-31T23:59:59", 253_402_300_799, 0),
      ("2024-02-29t00:00:00", 1_709_164_800, 0),
    ])
  func `Graph's local times are read to the nanosecond`(
    text: String, seconds: Int, nanoseconds: Int
  ) {
    #expect(WallTime(text) == WallTime(seconds: seconds, nanoseconds: nanoseconds))
  }

  @Test(
    arguments: [
      "", "2026", "2026-03-29", "2026-03-29T01:30", "2026-13-01T00:00:00", "2026-00-01T00:00:00",
      "2026-02-29T00:00:00", "2100-02-29T00:00:00", "2026-04-31T00:00:00", "2026-04-00T00:00:00",
      "0000-01-01T00:00:00", "10000-01-01T00:00:00", "2026-03-29T24:00:00", "2026-03-29T00:60:00",
      "2026-03-29T00:00:60", "2026-03-29T00:00:00.", "2026-03-29T00:00:00.1234567890",
      "2026-03-29T00:00:00Z", "2026-03-29T00:00:00+01:00", "2026-03-29 00:00:00",
      "2026-03-29T00:00:00 ", " 2026-03-29T00:00:00", "2026/03/29T00:00:00", "2026-3-29T00:00:00",
      "+026-03-29T00:00:00", "２026-03-29T00:00", "2026-03-29T0é:00:00",
    ])
  func `what is no local time is refused`(text: String) {
    #expect(WallTime(text) == nil)
  }

  @Test(
    arguments: [
      ("2026-03-29T07:00:00Z", 1_774_767_600), ("2026-03-29T07:00:00z", 1_774_767_600),
      ("2026-03-29T09:00:00+02:00", 1_774_767_600), ("2026-03-28T22:00:00-09:00", 1_774_767_600),
      ("2026-03-29T07:00:00+00:00", 1_774_767_600),
      ("1883-11-18T12:03:57-04:56:03", -2_717_650_800),
    ])
  func `RFC 3339 times are read with any offset`(text: String, seconds: Int) {
    #expect(Instant(text) == Instant(seconds: seconds))
  }

  @Test(
    arguments: [
      "2026-03-29T07:00:00", "2026-03-29T07:00:00+02", "2026-03-29T07:00:00+0200",
      "2026-03-29T07:00:00+24:00", "2026-03-29T07:00:00+02:60", "2026-03-29T07:00:00ZZ",
      "2026-03-29T07:00:00+02:00:60", "2026-03-29T07:00:00 +02:00", "2026-03-29T07:00:00.Z",
    ])
  func `what is no RFC 3339 time is refused`(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test(
    arguments: [
      (Instant(seconds: 1_774_767_600), "2026-03-29T07:00:00Z"),
      (Instant(seconds: 1_774_767_600, nanoseconds: 500_000_000), "2026-03-29T07:00:00.5Z"),
      (Instant(seconds: -1, nanoseconds: 1), "1969-12-31T23:59:59.000000001Z"),
      (Instant(seconds: Instant.textRange.lowerBound), "0001-01-01T00:00:00Z"),
      (Instant(seconds: Instant.textRange.upperBound), "9999-12-31T23:59:59Z"),
    ])
  func `an instant is written with a fraction only where it has one`(instant: Instant, text: String)
  {
    #expect("\(TimeText(instant))" == text)
    #expect(Instant(text) == instant)
  }

  @Test(
    arguments: [
      (7200, "2026-03-29T09:00:00+02:00"), (0, "2026-03-29T07:00:00+00:00"),
      (-12600, "2026-03-29T03:30:00-03:30"), (-17763, "2026-03-29T02:03:57-04:56:03"),
      (-1, "2026-03-29T06:59:59-00:00:01"),
    ])
  func `a local time is written with its offset`(offset: Int, text: String) {
    let instant = Instant(seconds: 1_774_767_600)
    #expect("\(TimeText(instant, offset: offset))" == text)
    #expect(Instant(text) == instant)
  }

  @Test
  func `every day from 1600 to 2400 has its own number and comes back from it`() {
    var expected = -135_140
    for year in 1600...2400 {
      for month in 1...12 {
        for day in 1...CivilDate.days(inMonth: month, of: year) {
          let date = CivilDate(year: year, month: month, day: day)
          #expect(date?.dayNumber == expected)
          #expect(date == CivilDate(dayNumber: expected))
          expected += 1
        }
      }
    }
    #expect(expected == 157_420)
  }
}
