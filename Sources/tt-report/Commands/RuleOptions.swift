internal import ArgumentParser
internal import Console

/// How entries become hours.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "All-day events: skip, span (their real length) or hours a date, such as 8h.",
      valueName: "rule"), transform: AllDayOption.init(word:))
  var allDay: AllDayOption = .init(rule: .skip)

  @Option(
    help: ArgumentHelp(
      "Count events with these values of showAs: a list with commas, or all (default: all but free).",
      valueName: "values"))
  var showAs: String?

  @Option(
    help: ArgumentHelp(
      "Several projects or activities on one event: even, full or first.", valueName: "how"))
  var split = HoursPlan.Split.even

  @Option(
    help: ArgumentHelp(
      "Double-booked time: count each in full, share it, or count it once.", valueName: "how"))
  var overlap = HoursPlan.Overlap.count

  @Option(
    help: ArgumentHelp("Round to this unit, such as 15m or 1h.", valueName: "unit"),
    transform: DurationOption.init(word:))
  var round: DurationOption?

  @Option(help: ArgumentHelp("nearest (halves up), up or down.", valueName: "mode"))
  var roundMode: Rounding.Mode?

  @Option(help: ArgumentHelp("What is rounded: entry, row or total.", valueName: "place"))
  var roundAt: Rounding.Place?

  @Option(
    help: ArgumentHelp(
      "Rules that say what events are: project, activity, billable, rate.", valueName: "file"))
  var rules: String?

  @Flag(help: "Leave out events without a project.")
  var onlyProjects = false

  @Flag(help: "Count an event across midnight on the day it begins.")
  var noSplit = false

  mutating func validate() throws {
    if round == nil, roundMode != nil || roundAt != nil {
      throw ValidationError("--round-mode and --round-at need --round")
    }
    _ = try HoursPlan.ShowAs(option: showAs)
  }

  func plan(_ period: Period) throws -> HoursPlan {
    var plan = HoursPlan(days: period.days)
    plan.weekStart = period.weekStart
    plan.allDay = allDay.rule
    plan.showAs = try HoursPlan.ShowAs(option: showAs)
    plan.split = split
    plan.overlap = overlap
    plan.onlyProjects = onlyProjects
    plan.splitsDays = !noSplit
    plan.rounding = round.map {
      Rounding(unitSeconds: $0.seconds, mode: roundMode ?? .nearest, place: roundAt ?? .entry)
    }
    return plan
  }

  /// The rules of the file, if one is named.
  func book() throws -> RuleBook? { try rules.map { try RuleBook(path: $0) } }
}

extension HoursPlan.ShowAs {
  /// What `--show-as` says, or its default.
  init(option: String?) throws {
    guard let option else {
      self = .allButFree
      return
    }
    guard option != "all" else {
      self = .all
      return
    }
    let words = option.split(separator: ",").map { CategoryNames.collapsed(String($0)) }
    guard !words.isEmpty else {
      throw ValidationError("--show-as needs values, such as busy,tentative")
    }
    self = .only(Set(try words.map(Self.value)))
  }

  /// A value of `freeBusyStatus`, as Microsoft Graph spells it.
  private static func value(_ word: String) throws -> String {
    guard let value = values.first(where: { $0.lowercased() == word.lowercased() }) else {
      throw ValidationError(
        "--show-as knows \(values.joined(separator: ", ")), or all; not \"\(printable(word))\"")
    }
    return value
  }

  private static let values = ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]
}

extension HoursPlan.Split: ExpressibleByArgument {}
extension HoursPlan.Overlap: ExpressibleByArgument {}
extension Rounding.Mode: ExpressibleByArgument {}
extension Rounding.Place: ExpressibleByArgument {}

/// A length of time on the command line: `15m`, `1h`, `1h30m`, `0.25h`, `90s`; a bare number is minutes.
struct DurationOption {
  let seconds: Int

  init(word: String) throws {
    guard let seconds = Self.seconds(word, bareUnit: 60), seconds > 0 else {
      throw ValidationError("a unit is whole seconds and more than none, such as 15m, 1h or 1h30m")
    }
    self.seconds = seconds
  }

  static func seconds(_ text: String, bareUnit: Int) -> Int? {
    var total = 0.0
    var number = ""
    var sawUnit = false
    for character in text {
      if character.isASCII, character.isNumber || character == "." {
        number.append(character)
        continue
      }
      guard let unit = ["h": 3600.0, "m": 60, "s": 1][character], let value = Double(number) else {
        return nil
      }
      total += value * unit
      number = ""
      sawUnit = true
    }
    if !number.isEmpty {
      guard !sawUnit, let value = Double(number) else { return nil }
      total = value * Double(bareUnit)
    }
    guard total.isFinite, total <= 366 * 86400, total == total.rounded() else { return nil }
    return Int(total)
  }
}

/// What `--all-day` says.
struct AllDayOption: CustomStringConvertible {
  let rule: HoursPlan.AllDay

  init(rule: HoursPlan.AllDay) { self.rule = rule }

  init(word: String) throws {
    switch word {
    case "skip": rule = .skip
    case "span": rule = .span
    default:
      guard let seconds = DurationOption.seconds(word, bareUnit: 3600), seconds <= 86400 else {
        throw ValidationError("it is skip, span, or up to 24 hours a date, such as 8h")
      }
      rule = .seconds(seconds)
    }
  }

  var description: String {
    switch rule {
    case .skip: "skip"
    case .span: "span"
    case .seconds(let seconds): "\(seconds)s"
    }
  }
}
