import NDJSON
import Testing

@testable import tenant

/// One event as it should be known: what the plain view, delta and the truth have to agree on.
struct KnownEvent: Hashable, CustomStringConvertible {
  let id: String
  let type: String
  let master: String?
  let subject: String?
  let start: String
  let categories: [String]
  let showAs: String
  let sensitivity: String
  let response: String
  let isCancelled: Bool
  let changeKey: String

  /// From an event of Graph; what an occurrence lacks is taken from its master, its key in any case.
  init(_ event: JSONTree, master: JSONTree? = nil) throws {
    func member(_ name: String) -> JSONTree? { event[name] ?? master?[name] }
    id = try #require(event["id"]?.string)
    type = try #require(event["type"]?.string)
    self.master = event["seriesMasterId"]?.string
    subject = member("subject")?.string
    let isAllDay = member("isAllDay")?.bool ?? false
    let time = try #require(event["start"]?["dateTime"]?.string)
    start = String(time.prefix(isAllDay ? 10 : 19))
    categories = try #require(member("categories")).array.compactMap(\.string)
    showAs = try #require(member("showAs")?.string)
    sensitivity = try #require(member("sensitivity")?.string)
    response = try #require(member("responseStatus")?["response"]?.string)
    isCancelled = member("isCancelled")?.bool ?? false
    let changed = type == "occurrence" ? master ?? event : event
    changeKey = try #require(changed["changeKey"]?.string)
  }

  /// From a line of the truth.
  init(truth: JSONTree) throws {
    id = try #require(truth["id"]?.string)
    type = try #require(truth["type"]?.string)
    master = truth["seriesMasterId"]?.string
    subject = truth["subject"]?.string
    let isAllDay = truth["isAllDay"]?.bool ?? false
    let time = try #require(truth[isAllDay ? "startLocal" : "startUtc"]?.string)
    start = String(time.prefix(isAllDay ? 10 : 19))
    categories = truth["categories"]?.array.compactMap(\.string) ?? []
    showAs = try #require(truth["showAs"]?.string)
    sensitivity = try #require(truth["sensitivity"]?.string)
    response = try #require(truth["response"]?.string)
    isCancelled = truth["isCancelled"]?.bool ?? false
    changeKey = try #require(truth["changeKey"]?.string)
  }

  var description: String { "\(type) \(start) \(subject ?? "-") …\(id.suffix(24))" }
}

/// A copy of one calendar, kept by the rules that delta asks of its readers.
struct CalendarCopy {
  private(set) var events: [String: KnownEvent] = [:]
  private(set) var link: String?
  let client: TenantClient
  let user: String

  init(_ client: TenantClient, user: String) {
    self.client = client
    self.user = user
  }

  /// Follows a round to its end and applies it.
  mutating func follow(_ target: String, size: Int = 50) throws {
    let pages = try client.pages(
      target, prefer: TenantClient.immutable + ", odata.maxpagesize=\(size)")
    link = try #require(pages.last?["@odata.deltaLink"]?.string)
    try apply(pages.flatMap { $0["value"]?.array ?? [] })
  }

  private func event(_ id: String) throws -> JSONTree {
    try client.json("/v1.0/users/\(user)/events/\(percentEncoded(id))")
  }

  private mutating func apply(_ rows: [JSONTree]) throws {
    var masters: [String: JSONTree] = [:]
    for row in rows where row["type"]?.string == "seriesMaster" {
      masters[try #require(row["id"]?.string)] = row
    }
    var seen: [String: Set<String>] = [:]
    for row in rows {
      let id = try #require(row["id"]?.string)
      if row["@removed"] != nil {
        events = events.filter { $0.key != id && $0.value.master != id }
      } else if let master = row["seriesMasterId"]?.string {
        seen[master, default: []].insert(id)
        if masters[master] == nil {
          masters[master] = try event(master)
        }
        events[id] = try KnownEvent(row, master: masters[master])
      } else if row["type"]?.string == "singleInstance" {
        events[id] = try KnownEvent(row["start"] == nil ? event(id) : row)
      }
    }
    events = events.filter { id, event in
      guard let master = event.master, let rows = seen[master] else { return true }
      return rows.contains(id)
    }
  }
}
