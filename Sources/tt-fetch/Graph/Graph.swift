import HTTP

/// The addresses of one Graph endpoint, and the links that it gives.
struct Graph: Sendable {
  let base: String
  let origin: Origin
  /// With what nearly all links begin, so that nothing has to be taken apart.
  private let prefix: String

  /// - Parameter endpoint: an address that was checked to be safe.
  init?(endpoint: String) {
    guard let origin = Origin(of: endpoint) else { return nil }
    base = endpoint + "/v1.0"
    prefix = base + "/"
    self.origin = origin
  }

  /// Whether a link that an answer holds leads back to this endpoint: only then may it see the token.
  func owns(_ link: String) -> Bool { link.hasPrefix(prefix) || Origin(of: link) == origin }

  /// The link as it may go on the wire, if it leads back here: relative ones are made whole, and what no address
  /// may hold is percent-encoded.
  func followable(_ link: String) -> String? {
    let link = absolute(link)
    guard !link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return owns(link) ? link : nil }
    guard link.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    let encoded = link.unicodeScalars.map { scalar in
      scalar.value > 0x20 && scalar.value < 0x7F ? String(scalar) : percentEncoded(String(scalar))
    }.joined()
    return owns(encoded) ? encoded : nil
  }

  /// OData allows links that leave out what they share with the context's address (JSON format 4.01, 4.5), which
  /// stands at the root of the service; what they leave out is put back as RFC 3986, 5.2 says.
  private func absolute(_ link: String) -> String {
    guard let first = link.first, first != "?", first != "#", !link.contains("\\") else {
      return link
    }
    if link.hasPrefix("//") { return "\(origin.scheme):\(link)" }
    // Some leave out the version too.
    if first == "/" { return link.hasPrefix("/v1.0/") ? base + link.dropFirst(5) : base + link }
    let hasScheme = link.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.contains(":")
    return hasScheme ? link : prefix + link
  }

  private static let userMembers =
    "id,userPrincipalName,mail,displayName,userType,accountEnabled,usageLocation,department,jobTitle"

  var users: String { "\(base)/users?$select=\(Self.userMembers)&$top=999" }

  func users(withMail address: String) -> String {
    let literal = address.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    return "\(base)/users?$select=\(Self.userMembers)"
      + "&$filter=\(percentEncoded("mail eq '\(literal)'"))"
  }

  /// People in a group, nested ones included; asking for users only is an advanced query.
  func members(ofGroup id: String) -> String {
    "\(base)/groups/\(percentEncoded(id))/transitiveMembers/microsoft.graph.user"
      + "?$select=\(Self.userMembers)&$count=true&$top=999"
  }

  /// The same for a service that knows no such query: others than people are among them.
  func everyMember(ofGroup id: String) -> String {
    "\(base)/groups/\(percentEncoded(id))/transitiveMembers?$select=\(Self.userMembers)&$top=999"
  }

  func user(_ id: String) -> String {
    "\(base)/users/\(percentEncoded(id))?$select=\(Self.userMembers)"
  }

  func settings(_ user: String) -> String { "\(mailbox(user))/mailboxSettings" }
  func categories(_ user: String) -> String { "\(mailbox(user))/outlook/masterCategories" }
  func calendars(_ user: String) -> String { "\(mailbox(user))/calendars?$top=100" }

  var batch: String { "\(base)/$batch" }

  /// An address as the items of a batch have it.
  func relative(_ url: String) -> String { String(url.dropFirst(base.count)) }

  func event(_ user: String, _ id: String) -> String {
    "\(mailbox(user))/events/\(percentEncoded(id))"
  }

  /// All events of a window, occurrences expanded.
  func view(_ user: String, _ calendar: CalendarName, _ window: Window, pageSize: Int) -> String {
    "\(calendarPath(user, calendar))/calendarView?\(window.query)&$top=\(pageSize)"
  }

  /// The same as a set of changes.
  ///
  /// The service refuses any other query option here.
  func delta(_ user: String, _ calendar: CalendarName, _ window: Window) -> String {
    "\(calendarPath(user, calendar))/calendarView/delta?\(window.query)"
  }

  private func mailbox(_ user: String) -> String { "\(base)/users/\(percentEncoded(user))" }

  private func calendarPath(_ user: String, _ calendar: CalendarName) -> String {
    switch calendar {
    case .primary: mailbox(user)
    case .other(let id): "\(mailbox(user))/calendars/\(percentEncoded(id))"
    }
  }
}

/// A calendar of a mailbox: the one that everybody has, or another by its id.
enum CalendarName: Hashable, Sendable {
  case primary
  case other(String)

  init(_ text: String) { self = text == "primary" ? .primary : .other(text) }

  var text: String {
    switch self {
    case .primary: "primary"
    case .other(let id): id
    }
  }
}
