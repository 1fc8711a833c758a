internal import CivilTime
internal import Schema

/// Which rows of the table of events a question is about.
///
/// It is as narrow as SQL can say it, and never narrower than the filter, which looks at each row again.
struct EventScope: Sendable {
  /// The days of the entries by anybody's clock; nil for all.
  var days: ClosedRange<Int>?
  /// Of whom; nil for everybody.
  var people: People?
  /// The numbers of the categories of which an event has one; nil for all events.
  var categories: [Int]?
  /// The one event's id.
  var event: String?
  /// The one person.
  var person: EventPerson?

  struct People: Sendable {
    /// Users whose mail addresses or ids were given.
    var ids: [String]
    /// What was given, in lower case, for events of people of whom nothing else is known.
    var words: [String]
  }

  /// More parameters than a server takes (2,100 of SQL Server) are none: then everybody's events are read.
  private static let mostPeople = 500

  init(event: String) { self.event = event }

  init(days: ClosedRange<Int>, _ filter: EntryFilter, _ names: DatabaseNames) {
    self.days = days
    categories = filter.categories == nil ? nil : names.categories(of: filter)
    guard let words = filter.users else { return }
    let people = People(
      ids: names.mailOfUser.filter { filter.admits(person: $0.key, mail: $0.value) }.keys.sorted(),
      words: words.sorted())
    // Engines agree on the small letters of ASCII only.
    guard words.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }),
      people.ids.count + people.words.count <= Self.mostPeople
    else { return }
    self.people = people
  }

  /// The values of the conditions' parameters, in order.
  var parameters: [String] {
    (people.map { $0.ids + $0.words + $0.words } ?? []) + (event.map { [$0] } ?? [])
      + (person.map { [$0.id.isEmpty ? $0.mail : $0.id] } ?? [])
  }

  /// What goes behind WHERE.
  func condition(_ dialect: Dialect) -> String {
    var conditions = ["e.is_deleted = 0"]
    if let days { conditions.append(Self.condition(days, dialect)) }
    if let people { conditions.append(people.condition) }
    if let categories { conditions.append(Self.condition(categories)) }
    if event != nil { conditions.append("e.event_id = ?") }
    if let person {
      conditions.append(person.id.isEmpty ? "COALESCE(e.user_email, '') = ?" : "e.user_id = ?")
    }
    return conditions.joined(separator: "\n  AND ")
  }

  /// The range is wider than the days by more than any zone is away from UTC.
  ///
  /// Its bounds stand in the text: dates that were calculated here need no parameter.
  private static func condition(_ days: ClosedRange<Int>, _ dialect: Dialect) -> String {
    let low = literal(days.lowerBound - 2, dialect)
    let high = literal(days.upperBound + 3, dialect)
    return "e.start_date < \(high)"
      + " AND (e.end_date >= \(low) OR e.end_date IS NULL AND e.start_date >= \(low))"
  }

  private static func literal(_ day: Int, _ dialect: Dialect) -> String {
    let days = Period.writableDays
    let date = TimeText(CivilDate(dayNumber: min(max(day, days.lowerBound), days.upperBound)))
    return dialect == .sqlite ? "'\(date) 00:00:00'" : "CAST('\(date)T00:00:00' AS DATETIME2)"
  }

  private static func condition(_ categories: [Int]) -> String {
    guard !categories.isEmpty else { return "1 = 0" }
    let numbers = categories.map(String.init).joined(separator: ", ")
    return "EXISTS (SELECT 1 FROM calendar_event_calendar_category c"
      + " WHERE c.event_key = e.event_key AND c.category_id IN (\(numbers)))"
  }
}

/// Whose calendar an event is in, as the database tells.
struct EventPerson: Hashable, Sendable {
  /// Empty where only the mail address is known.
  var id: String
  var mail: String
}

extension EventScope.People {
  fileprivate var condition: String {
    func isOne(_ value: String, of values: [String]) -> String? {
      values.isEmpty ? nil : "\(value) IN (\(values.map { _ in "?" }.joined(separator: ", ")))"
    }
    let ways = [
      isOne("e.user_id", of: ids), isOne("LOWER(e.user_id)", of: words),
      isOne("LOWER(e.user_email)", of: words),
    ].compactMap(\.self)
    return ways.isEmpty ? "1 = 0" : "(\(ways.joined(separator: " OR ")))"
  }
}
