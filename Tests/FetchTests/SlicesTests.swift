import HTTP
import Records
import Testing

@testable import tt_fetch

@Suite struct SlicesTests {
  private func day(_ text: String) throws -> UTCTime { try #require(UTCTime(text)) }

  private func check(
    _ from: String?, _ to: String?, today: String = "2026-11-24", _ expected: [String]
  ) throws {
    let slices = Slices.covering(
      from: try from.map(day), to: try to.map(day), today: try day(today))
    #expect(
      slices.map { "\($0.start.description.prefix(10))/\($0.end.description.prefix(10))" }
        == expected)
    for slice in slices {
      #expect((slice.end.unixSeconds - slice.start.unixSeconds) / 86400 <= Window.longestDays)
    }
  }

  @Test(arguments: ["2026-11-24", "2026-11-25", "2025-02-28", "2026-12-31"])
  func `slices do not move from day to day`(today: String) throws {
    try check(
      nil, nil, today: today,
      ["2020-01-01/2024-01-01", "2024-01-01/2028-01-01", "2028-01-01/2032-01-01"])
  }

  @Test func `as time passes a slice is opened ahead`() throws {
    try check(
      nil, nil, today: "2027-01-01",
      ["2020-01-01/2024-01-01", "2024-01-01/2028-01-01", "2028-01-01/2032-01-01"])
    try check(
      nil, nil, today: "2027-01-02",
      [
        "2020-01-01/2024-01-01", "2024-01-01/2028-01-01", "2028-01-01/2032-01-01",
        "2032-01-01/2036-01-01",
      ])
  }

  @Test func `a period is cut where it was asked for, and on the fixed borders`() throws {
    try check("2026-10-01", "2026-11-01", ["2026-10-01/2026-11-01"])
    try check("2023-12-01", "2024-02-01", ["2023-12-01/2024-01-01", "2024-01-01/2024-02-01"])
    try check("2026-05-01", nil, ["2026-05-01/2028-01-01", "2028-01-01/2032-01-01"])
  }

  @Test(arguments: ["2024-02-29", "2026-01-01"])
  func `a leap day has an anniversary`(today: String) throws {
    let slices = Slices.covering(from: nil, to: nil, today: try day(today))
    let borders = try [day("2016-01-01"), day("2020-01-01")]
    #expect(slices.first.map { borders.contains($0.start) } == true)
    #expect(zip(slices, slices.dropFirst()).allSatisfy { $0.end == $1.start })
  }
}

@Suite struct RoundPlanTests {
  private var rules: ReadingRules {
    var rules = ReadingRules()
    rules.slices = [window(2024, 2028), window(2028, 2032)]
    return rules
  }

  private func window(_ from: Int, _ to: Int) -> Window {
    Window(
      start: UTCTime(year: from, month: 1, day: 1), end: UTCTime(year: to, month: 1, day: 1))
  }

  private func state(
    _ window: Window, _ link: String?, mode: RoundRecord.Mode = .delta,
    calendar: String = "primary", isUnfounded: Bool = false
  ) -> StateRecord {
    var state = StateRecord(
      key: CalendarKey(user: "u", calendar: calendar), mail: nil, mode: mode,
      window: window.record, deltaLink: link)
    state.isUnfounded = isUnfounded
    return state
  }

  private func plans(_ rules: ReadingRules, _ states: [StateRecord]) -> [String] {
    rules.rounds(.primary, states).map { "\($0.window.start.date.year) \($0.source)" }
  }

  @Test func `a window is resumed where its state is known, else read whole`() {
    #expect(
      plans(rules, [state(window(2024, 2028), "a")])
        == ["2024 resume(\"a\")", "2028 initialDelta"])
  }

  @Test func `states of other calendars or without a link are no use`() {
    let states = [
      state(window(2024, 2028), nil), state(window(2024, 2028), nil, mode: .full),
      state(window(2024, 2028), "b", calendar: "other"),
    ]
    #expect(plans(rules, states) == ["2024 initialDelta", "2028 initialDelta"])
  }

  @Test func `a wider period takes the place of a narrower one that was kept`() {
    #expect(
      plans(rules, [state(window(2025, 2028), "a")])
        == ["2024 initialDelta", "2028 initialDelta", "2025 retire"])
    let after = state(window(2024, 2028), "n")
    #expect(plans(rules, [after]) == ["2024 resume(\"n\")", "2028 initialDelta"])
    // What the plain view has read would be held for ever.
    #expect(
      plans(rules, [after, state(window(2025, 2028), nil, mode: .full)])
        == ["2024 resume(\"n\")", "2028 initialDelta", "2025 retire"])
  }

  @Test func `a narrower period is read by the wider window that was kept`() {
    var narrow = rules
    narrow.isDefaultPeriod = false
    narrow.slices = [window(2025, 2026), window(2026, 2027)]
    let kept = [state(window(2024, 2028), "a"), state(window(2028, 2032), "b")]
    #expect(plans(narrow, kept) == ["2024 resume(\"a\")"])
    narrow.mode = .full
    #expect(plans(narrow, kept) == ["2024 plainView"])
  }

  @Test func `a period that moves and the window kept of it become one`() {
    var shifted = rules
    shifted.isDefaultPeriod = false
    shifted.slices = [window(2025, 2027)]
    #expect(
      plans(shifted, [state(window(2024, 2026), "a"), state(window(2024, 2025), nil, mode: .full)])
        == ["2024 initialDelta", "2024 retire", "2024 retire"])
  }

  @Test func `a window that was cut in parts is resumed in parts`() {
    let states = [
      state(window(2026, 2028), "b"), state(window(2024, 2026), "a"),
      state(window(2028, 2032), "c"),
    ]
    #expect(
      plans(rules, states) == ["2024 resume(\"a\")", "2026 resume(\"b\")", "2028 resume(\"c\")"])
  }

  @Test func `slices that time has left behind are read on, unless a period was asked for`() {
    let old = state(window(2020, 2024), "old")
    #expect(plans(rules, [old]).first == "2020 resume(\"old\")")
    var explicit = rules
    explicit.isDefaultPeriod = false
    #expect(plans(explicit, [old]).first == "2024 initialDelta")
  }

  @Test func `windows of which there are changes alone are read in full, and retired like others`()
  {
    func alone(_ from: Int, _ to: Int) -> StateRecord {
      state(window(from, to), "a", isUnfounded: true)
    }
    #expect(plans(rules, [alone(2024, 2028)]) == ["2024 initialDelta", "2028 initialDelta"])
    #expect(plans(rules, [alone(2020, 2024)]).first == "2020 initialDelta")
    #expect(
      plans(rules, [state(window(2024, 2028), "n"), alone(2025, 2027)])
        == ["2024 resume(\"n\")", "2028 initialDelta", "2025 retire"])
    var narrow = rules
    narrow.isDefaultPeriod = false
    narrow.slices = [window(2025, 2027)]
    #expect(plans(narrow, [alone(2024, 2028)]) == ["2024 initialDelta"])
    #expect(plans(narrow, [alone(2026, 2028)]) == ["2025 initialDelta", "2026 retire"])
    narrow.mode = .full
    #expect(plans(narrow, [alone(2024, 2028)]) == ["2024 plainView"])
  }

  @Test func `full mode reads everything plainly and voids the parts of a window`() {
    var full = rules
    full.mode = .full
    #expect(
      plans(full, [state(window(2024, 2028), "a"), state(window(2024, 2026), "b")])
        == ["2024 plainView", "2028 plainView", "2024 retire"])
  }

  @Test func `pages that repeat lead to bigger ones, then halves, then the plain view`() throws {
    var plan = try #require(rules.rounds(.primary, []).first)
    var sizes: [Int] = []
    while let next = plan.remedies(.auto).first, next.cuts == 0 {
      sizes.append(next.pageSize)
      plan = next
    }
    #expect(sizes == [200, 1000])
    let parts = plan.remedies(.auto)
    #expect(parts.map(\.source) == [.initialDelta, .initialDelta, .retire])
    #expect(parts[0].window.end == parts[1].window.start)
    #expect(parts[2].window == plan.window)
    #expect(parts[0].remedies(.auto).map(\.source) == [.plainView])
    #expect(parts[0].remedies(.delta).isEmpty)
    #expect(parts[0].remedies(.auto)[0].remedies(.auto).isEmpty)
  }
}

@Suite struct ShardTests {
  @Test(arguments: [1, 2, 3, 7])
  func `each id is in exactly one shard`(count: Int) {
    for number in 0..<500 {
      let id = "8f0c2a51-5b0e-4b6e-9a55-\(number)"
      let holders = (1...count).filter { Shard(number: $0, count: count).includes(id) }
      #expect(holders.count == 1)
    }
  }

  @Test func `where an id belongs never changes, and does not depend on case`() {
    let shard = (1...16).first {
      Shard(number: $0, count: 16).includes("8f0c2a51-5b0e-4b6e-9a55-0d5b1f0a7c11")
    }
    #expect(shard == Self.knownShard)
    #expect(
      (1...16).first {
        Shard(number: $0, count: 16).includes("8F0C2A51-5B0E-4B6E-9A55-0D5B1F0A7C11")
      } == Self.knownShard)
  }

  private static let knownShard = 2

  @Test(arguments: ["0/2", "3/2", "1", "1/2/3", "a/b", "1/0", "-1/2", "", "/"])
  func `what is no shard is refused`(text: String) {
    #expect(Shard(text) == nil)
  }
}
