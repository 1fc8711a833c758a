/// What a Graph URL names.
enum GraphPath: Sendable, Equatable {
  case users
  case usersDelta
  case user(String)
  case groupMembers(String, isCast: Bool)
  case mailboxSettings(String, property: String?)
  case masterCategories(String)
  case supportedTimeZones(String)
  case calendar(String)
  case calendars(String)
  case calendarView(String, calendar: String?)
  case calendarViewDelta(String, calendar: String?)
  case event(String, id: String)
  case instances(String, id: String)
  case translateIds(String)
  case batch

  /// Reads the parts behind `/v1.0`; keys may stand as `users/x` or `users('x')`.
  init?(_ segments: [String]) {
    let parts = segments.flatMap(splitKey)
    guard let first = parts.first?.lowercased() else { return nil }
    switch (first, parts.count) {
    case ("$batch", 1): self = .batch
    case ("users", 1): self = .users
    case ("users", 2): self = isDelta(parts[1]) ? .usersDelta : .user(parts[1])
    case ("users", _):
      guard let path = GraphPath(user: parts[1], Array(parts[2...])) else { return nil }
      self = path
    case ("groups", 3...4) where parts[2].lowercased() == "transitivemembers":
      if parts.count == 4, !["microsoft.graph.user", "graph.user"].contains(parts[3]) {
        return nil
      }
      self = .groupMembers(parts[1], isCast: parts.count == 4)
    default: return nil
    }
  }

  private init?(user: String, _ rest: [String]) {
    let words = rest.map { $0.lowercased() }
    switch words[0] {
    case "mailboxsettings" where rest.count <= 2:
      self = .mailboxSettings(user, property: rest.count == 2 ? rest[1] : nil)
    case "outlook" where words == ["outlook", "mastercategories"]: self = .masterCategories(user)
    case "outlook" where words.count == 2 && words[1].hasPrefix("supportedtimezones"):
      self = .supportedTimeZones(user)
    case "calendar" where rest.count == 1: self = .calendar(user)
    case "calendar", "calendarview":
      let tail = Array(rest[(words[0] == "calendar" ? 1 : 0)...])
      guard let path = GraphPath(user: user, calendar: nil, view: tail) else { return nil }
      self = path
    case "calendars" where rest.count == 1: self = .calendars(user)
    case "calendars" where rest.count > 2:
      guard let path = GraphPath(user: user, calendar: rest[1], view: Array(rest[2...])) else {
        return nil
      }
      self = path
    case "events" where rest.count == 2: self = .event(user, id: rest[1])
    case "events" where words.count == 3 && words[2] == "instances":
      self = .instances(user, id: rest[1])
    case "translateexchangeids" where rest.count == 1: self = .translateIds(user)
    default: return nil
    }
  }

  private init?(user: String, calendar: String?, view: [String]) {
    guard view.first?.lowercased() == "calendarview" else { return nil }
    switch view.count {
    case 1: self = .calendarView(user, calendar: calendar)
    case 2 where isDelta(view[1]): self = .calendarViewDelta(user, calendar: calendar)
    default: return nil
    }
  }

  /// The account whose mailbox is asked; nil for directory paths.
  var mailbox: String? {
    switch self {
    case .users, .usersDelta, .user, .groupMembers, .batch: nil
    case .mailboxSettings(let user, _), .masterCategories(let user), .supportedTimeZones(let user),
      .calendar(let user), .calendars(let user), .calendarView(let user, _),
      .calendarViewDelta(let user, _), .event(let user, _), .instances(let user, _),
      .translateIds(let user):
      user
    }
  }

  /// What statistics call it.
  var name: String {
    switch self {
    case .users: "users"
    case .usersDelta: "users/delta"
    case .user: "users/{id}"
    case .groupMembers: "groups/{id}/transitiveMembers"
    case .mailboxSettings: "mailboxSettings"
    case .masterCategories: "masterCategories"
    case .supportedTimeZones: "supportedTimeZones"
    case .calendar: "calendar"
    case .calendars: "calendars"
    case .calendarView: "calendarView"
    case .calendarViewDelta: "calendarView/delta"
    case .event: "events/{id}"
    case .instances: "events/{id}/instances"
    case .translateIds: "translateExchangeIds"
    case .batch: "$batch"
    }
  }
}

private func isDelta(_ part: String) -> Bool {
  ["delta", "delta()", "microsoft.graph.delta", "microsoft.graph.delta()"]
    .contains(part.lowercased())
}

/// `users('x')` → `users`, `x`; a call such as `supportedTimeZones(TimeZoneStandard=…)` stays.
private func splitKey(_ part: String) -> [String] {
  guard let open = part.firstRange(of: "('"), part.hasSuffix("')") else { return [part] }
  let key = part[open.upperBound...].dropLast(2)
  return [String(part[..<open.lowerBound]), String(key).replacing("''", with: "'")]
}
