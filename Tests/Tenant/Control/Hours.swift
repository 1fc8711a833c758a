extension Tenant {
  /// `GET /_control/hours?from=&to=&by=user,project,activity,day,month`: sums that a report must show.
  ///
  /// `to` is exclusive; days are each person's own. Reckoned here from the calendars alone, by the
  /// defaults for reports: no whole days, nothing free, cancelled or declined, time shared evenly.
  func hours(_ request: Request) -> Response {
    let keys = (request.query["by"] ?? "user,project,activity").split(separator: ",").map(
      String.init)
    guard keys.allSatisfy({ ["user", "project", "activity", "day", "month"].contains($0) }) else {
      return refuse("by takes user, project, activity, day and month")
    }
    guard let from = request.query["from"].flatMap({ civilDay(from: $0) }),
      let to = request.query["to"].flatMap({ civilDay(from: $0) }), from < to
    else { return refuse("from and to must be dates, from before to") }
    var sums = HourSums(keys: keys)
    let world = world.withLock { $0 }
    for person in world.people {
      guard person.access == .readable, let box = world.mailboxes[person.id] else { continue }
      let zone = zones[person.zone.iana] ?? ZoneCatalogue.utc
      let period = zone.midnight(from)..<zone.midnight(to)
      let view = View(window: period, zone: zone, zones: zones)
      for row in box.items.filter({ $0.calendar == 0 }).flatMap({ view.rows(of: $0) }) {
        sums.add(row, of: person, zone, period)
      }
    }
    return sums.answer
  }
}

/// Adds up time, a whole second at a time.
private struct HourSums {
  struct Sum {
    var entries = 0
    var seconds = 0
  }

  let keys: [String]
  private var rows: [[String]: Sum] = [:]
  private var ledger: [String: Sum] = [:]

  init(keys: [String]) { self.keys = keys }

  mutating func add(_ row: Row, of person: Person, _ zone: ZoneRules, _ period: Range<Int>) {
    let (start, end) = row.when.instants(in: zone)
    let clipped = max(start, period.lowerBound)..<max(start, min(end, period.upperBound))
    let reason = reasonToLeaveOut(row)
    ledger[reason ?? "shown", default: Sum()].entries += 1
    ledger[reason ?? "shown", default: Sum()].seconds += clipped.count
    guard reason == nil else { return }
    var touched: Set<[String]> = []
    let byDay = keys.contains("day") || keys.contains("month")
    for piece in byDay ? pieces(clipped, zone) : [clipped] {
      let day = CivilDay(at: zone.wall(at: piece.lowerBound)).text
      for share in shares(of: piece.count, row.content.categories) {
        let names = [
          "user": person.mail ?? person.userPrincipalName, "project": share.project,
          "activity": share.activity, "day": day, "month": String(day.prefix(7)),
        ]
        let key = keys.map { names[$0] ?? "" }
        rows[key, default: Sum()].seconds += share.seconds
        if touched.insert(key).inserted { rows[key, default: Sum()].entries += 1 }
      }
    }
  }

  private func reasonToLeaveOut(_ row: Row) -> String? {
    if row.content.isCancelled { return "cancelled" }
    if row.content.response == "declined" { return "declined" }
    if row.when.isAllDay { return "allDay" }
    return row.content.showAs == "free" ? "free" : nil
  }

  /// A stretch cut at the person's midnights.
  private func pieces(_ stretch: Range<Int>, _ zone: ZoneRules) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = stretch.lowerBound
    repeat {
      let nextDay = CivilDay(at: zone.wall(at: start)) + 1
      let end = max(start, min(stretch.upperBound, zone.midnight(nextDay)))
      result.append(start..<end)
      start = end
    } while start < stretch.upperBound
    return result
  }

  var answer: Response {
    .object { json in
      json.list("rows") { list in
        for (key, sum) in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
          list.object { row in
            for (name, value) in zip(keys, key) { row.member(name, value) }
            write(sum, &row)
          }
        }
      }
      json.member("total") { write(ledger["shown"] ?? Sum(), &$0) }
      json.member("ledger") { members in
        for (reason, sum) in ledger.sorted(by: { $0.key < $1.key }) {
          members.member(reason) { write(sum, &$0) }
        }
      }
    }
  }

  private func write(_ sum: Sum, _ json: inout JSONText) {
    json.member("entries", sum.entries)
    json.member("seconds", sum.seconds)
  }
}

/// Time shared over projects, then each part over activities; remainders go in order of name.
private func shares(
  of seconds: Int, _ categories: [String]
) -> [(project: String, activity: String, seconds: Int)] {
  let projects = shownNames(categories, marker: "[project]")
  let activities = shownNames(categories, marker: "[activity]")
  return zip(projects, evenParts(seconds, projects.count)).flatMap { project, part in
    zip(activities, evenParts(part, activities.count)).map { (project, $0, $1) }
  }
}

private func evenParts(_ total: Int, _ count: Int) -> [Int] {
  (0..<count).map { total / count + ($0 < total % count ? 1 : 0) }
}

/// The names with a marker, without it, each once, in order of code points.
private func shownNames(_ categories: [String], marker: String) -> [String] {
  let names = categories.compactMap { category -> String? in
    guard let place = category.lowercased().firstRange(of: marker) else { return nil }
    let start = category.lowercased().distance(
      from: category.lowercased().startIndex, to: place.lowerBound)
    let head = category.prefix(start)
    let tail = category.dropFirst(start + marker.count)
    return (head + " " + tail).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
  let sorted = Set(names).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  return sorted.isEmpty ? ["(none)"] : sorted
}
