internal import CivilTime
internal import Console
internal import Schema

extension RuleBook {
  /// The rules of a file; a failure (78) names the line.
  init(path: String) throws {
    try self.init(text: try TextFile(path: path).text, path: path)
  }

  /// Reads the text of a file that has this name.
  init(text: String, path: String) throws {
    do throws(RuleFault) {
      try self.init(yaml: text)
    } catch {
      throw Failure(
        .configuration, "\(path) line \(error.line): \(error.reason)",
        hint: "docs/rules.md shows what rules look like")
    }
  }

  /// Reads `rules:` and the list below it.
  init(yaml text: String) throws(RuleFault) {
    guard let root = try YAMLNode.parse(text) else { return }
    let pairs = try root.map("the file", names: ["rules"])
    guard let list = pairs.first else { return }
    guard case .list(let nodes) = list.value.kind else {
      throw RuleFault(line: list.line, reason: "\"rules\" is not a list")
    }
    for node in nodes { rules.append(try Rule(node)) }
  }
}

extension Rule {
  private static let conditions = [
    "category", "subject", "organizer", "attendee", "calendar", "user", "from", "to",
  ]
  private static let outcomes = ["project", "activity", "billable", "rate"]

  fileprivate init(_ node: YAMLNode) throws(RuleFault) {
    self.init(name: "", line: node.line)
    let pairs = try node.map("a rule", names: ["name", "when"] + Self.outcomes)
    for pair in pairs {
      switch pair.key {
      case "name": name = try pair.value.text("name")
      case "when": try take(conditions: pair.value)
      case "project": projects = try pair.value.portions("project")
      case "activity": activities = try pair.value.portions("activity")
      case "billable": isBillable = try pair.value.flag("billable")
      default: rate = try pair.value.rate()
      }
    }
    guard pairs.contains(where: { Self.outcomes.contains($0.key) }) else {
      throw RuleFault(
        line: node.line, reason: "the rule gives no project, activity, billable or rate")
    }
  }

  private mutating func take(conditions node: YAMLNode) throws(RuleFault) {
    for pair in try node.map("\"when\"", names: Self.conditions) {
      switch pair.key {
      case "category": categories = try pair.value.patterns()
      case "subject": subjects = try pair.value.patterns()
      case "organizer": organizers = try pair.value.patterns()
      case "attendee": attendees = try pair.value.patterns()
      case "calendar": calendars = try pair.value.patterns()
      case "user": users = try pair.value.patterns()
      case "from": firstDay = try pair.value.day("from")
      default: lastDay = try pair.value.day("to")
      }
    }
    guard firstDay <= lastDay else {
      throw RuleFault(line: node.line, reason: "\"to\" is before \"from\"")
    }
  }
}

extension YAMLNode {
  fileprivate func map(_ what: String, names: [String]) throws(RuleFault) -> [Pair] {
    guard case .map(let pairs) = kind else {
      throw RuleFault(line: line, reason: "\(what) is not a list of names and values")
    }
    for pair in pairs where !names.contains(pair.key) {
      throw RuleFault(
        line: pair.line,
        reason: "\"\(pair.key)\" is not known here; known are \(names.joined(separator: ", "))")
    }
    return pairs
  }

  fileprivate func text(_ name: String) throws(RuleFault) -> String {
    guard case .scalar(let text) = kind, case let bare = CategoryNames.collapsed(text),
      !bare.isEmpty
    else { throw RuleFault(line: line, reason: "\"\(name)\" is not a text") }
    return bare
  }

  /// One pattern, or a list of them.
  fileprivate func patterns() throws(RuleFault) -> [TextPattern] {
    switch kind {
    case .scalar(let text):
      do throws(ExpressionFault) {
        return [try TextPattern(text)]
      } catch {
        throw RuleFault(
          line: line, reason: "\(text) is not a regular expression: \(error.reason)")
      }
    case .list(let nodes) where !nodes.isEmpty:
      var patterns: [TextPattern] = []
      for node in nodes { patterns += try node.patterns() }
      return patterns
    default: throw RuleFault(line: line, reason: "neither a text nor a list of texts")
    }
  }

  fileprivate func day(_ name: String) throws(RuleFault) -> Int {
    let text = try text(name)
    guard let date = CivilDate(text) else {
      throw RuleFault(line: line, reason: "\"\(name)\" is like 2026-10-05, not \"\(text)\"")
    }
    return date.dayNumber
  }

  fileprivate func flag(_ name: String) throws(RuleFault) -> Bool {
    switch try text(name).lowercased() {
    case "true", "yes": true
    case "false", "no": false
    default: throw RuleFault(line: line, reason: "\"\(name)\" is neither true nor false")
    }
  }

  /// A name, or several with their weights: `{Acme: 3, Beta: 1}`.
  fileprivate func portions(_ name: String) throws(RuleFault) -> [Rule.Portion] {
    guard case .map(let pairs) = kind else {
      return [.init(name: CategoryNames.shown(try text(name)), weight: 1)]
    }
    var portions: [Rule.Portion] = []
    for pair in pairs {
      guard let weight = Int(try pair.value.text(pair.key)), (1...10_000).contains(weight) else {
        throw RuleFault(line: pair.line, reason: "a weight is a whole number from 1 to 10000")
      }
      portions.append(.init(name: CategoryNames.shown(pair.key), weight: weight))
    }
    guard !portions.isEmpty,
      Set(portions.map { CategoryName.key($0.name) }).count == portions.count
    else {
      throw RuleFault(
        line: line, reason: "\"\(name)\" has no names, or one twice; case makes no difference")
    }
    return portions
  }

  /// Money an hour, two decimals at most.
  fileprivate func rate() throws(RuleFault) -> UInt32 {
    let text = try text("rate")
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard isNumber, parts.count <= 2, parts[0].count <= 6,
      parts.count == 1 || parts[1].count <= 2, let whole = UInt32(parts[0])
    else {
      throw RuleFault(line: line, reason: "\"rate\" is like 120 or 120.50, not \"\(text)\"")
    }
    let fraction = parts.count == 2 ? (parts[1] + "0").prefix(2) : "00"
    return whole * 100 + (UInt32(fraction) ?? 0)
  }
}
