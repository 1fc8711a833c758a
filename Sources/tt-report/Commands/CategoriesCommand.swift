internal import ArgumentParser
internal import Console

/// `tt-report categories`: what each stands for, how much it is used, which look alike.
struct CategoriesCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "categories",
    abstract: "List categories with their meaning and use, and who forgets them.",
    version: productVersion)

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Period") var period: PeriodOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Output") var listing: ListingOptions

  @Flag(help: "List people instead, with the share of their time that has no category.")
  var people = false

  func run(_ world: World) throws {
    try listing.refuseTerminal()
    let almanac = try Almanac(world.environment)
    let period = try period.period(today: try almanac.today(zone: source.tz))
    let engine = HoursEngine(
      plan: HoursPlan(days: period.days), tables: [[.category], [.user, .category]])
    let gathered = try source.gather(into: engine, almanac, world)
    let report = gathered.outcome
    try listing.write([people ? Self.people(report) : use(gathered.names, report)], world)
    if let failure = gathered.failure { throw failure }
  }

  /// Categories that somebody has or uses, by name.
  private func use(_ names: SourceNames, _ report: HoursReport) -> Listing {
    var list = Listing(
      "Categories",
      [
        .init(name: "name", title: "Category"), .init(name: "meaning", title: "Meaning"),
        .init(name: "why", title: "Because of"), .init(name: "color", title: "Colour"),
        .init(name: "entries", title: "Entries", isNumber: true),
        .init(name: "minutes", title: "Time", isNumber: true),
        .init(name: "similar", title: "Looks like"),
      ])
    let table = report.tables[0]
    var sums: [String: HoursTable.Sum] = [:]
    for row in 0..<table.count where table.key(row, 0) != noName {
      sums[report.catalog.categories[table.key(row, 0)]] = table.sum(row)
    }
    let categories = names.categories.sorted { precedes($0.name, $1.name) }
    let likeness = CategoryLikeness(categories.map(\.name))
    for category in categories where isAsked(category.name, sums) {
      let name = category.name
      let sum = sums[CategoryNames.collapsed(name)]
      list.rows.append([
        .text(name), .text(Self.meaning(name, names.meaning)),
        .text(names.meaning.designation(of: name) != nil ? "designation" : "name"),
        category.color.map { .text($0) } ?? .nothing, .number("\(sum?.entries ?? 0)"),
        .seconds(sum?.seconds ?? 0), .text(likeness.similar(to: name).joined(separator: ", ")),
      ])
    }
    return list
  }

  /// Whether the category was named, or is used by the events of those that were.
  private func isAsked(_ name: String, _ sums: [String: HoursTable.Sum]) -> Bool {
    source.filter.admits(categories: [name]) || sums[CategoryNames.collapsed(name)] != nil
  }

  private static func meaning(_ name: String, _ meaning: CategoryNames) -> String {
    switch (meaning.isProject(name), meaning.isActivity(name)) {
    case (true, true): "project, activity"
    case (true, false): "project"
    case (false, true): "activity"
    case (false, false): "none"
    }
  }

  private static func people(_ report: HoursReport) -> Listing {
    var list = Listing(
      "People",
      [
        .init(name: "user", title: "User"), .init(name: "minutes", title: "Time", isNumber: true),
        .init(name: "uncategorizedMinutes", title: "Without category", isNumber: true),
        .init(name: "uncategorizedPercent", title: "%", isNumber: true),
      ])
    let table = report.tables[1]
    for row in 0..<table.count
    where row == table.count - 1 || table.key(row + 1, 0) != table.key(row, 0) {
      let total = table.subtotal(row, width: 1).seconds
      // Nothing sorts last, so that the last row of a person tells.
      let bare = table.key(row, 1) == noName ? table.sum(row).seconds : 0
      list.rows.append([
        .text(report.catalog.users[table.key(row, 0)]), .seconds(total), .seconds(bare),
        .number(decimal(bare * 100, per: max(1, total), places: 1)),
      ])
    }
    return list
  }
}

/// Finds names that people probably meant to be the same: `ACME`, `Acme `, `Acmee`.
struct CategoryLikeness: Sendable {
  private let names: [(name: String, core: [Character])]

  init(_ names: [String]) { self.names = names.map { ($0, Self.core($0)) } }

  func similar(to name: String) -> [String] {
    let core = Self.core(name)
    return names.filter { other in
      other.name != name && !other.core.isEmpty
        && (other.core == core
          || min(core.count, other.core.count) >= 5 && Self.differByOne(core, other.core))
    }.map(\.name)
  }

  /// The letters and digits in lower case, without markers.
  private static func core(_ name: String) -> [Character] {
    CategoryNames.shown(name).lowercased().filter { $0.isLetter || $0.isNumber }.map { $0 }
  }

  /// Whether one letter more, less or other makes them the same; digits tell things apart on purpose.
  private static func differByOne(_ left: [Character], _ right: [Character]) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard long.count - short.count <= 1 else { return false }
    guard let place = short.indices.first(where: { short[$0] != long[$0] }) else {
      return long.count > short.count && long.last?.isNumber == false
    }
    guard !long[place].isNumber else { return false }
    let rest = short.count == long.count ? short[(place + 1)...] : short[place...]
    return Array(rest) == Array(long[(place + 1)...])
  }
}
