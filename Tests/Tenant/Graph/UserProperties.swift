/// Properties that come without `$select`.
private let defaultProperties: Set<String> = [
  "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone",
  "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
]

private let furtherProperties: Set<String> = [
  "userType", "accountEnabled", "usageLocation", "department", "companyName", "assignedPlans",
  "assignedLicenses", "proxyAddresses", "createdDateTime", "employeeId", "country",
]

/// Properties of a single account that a collection refuses to give.
private let singleOnlyProperties: Set<String> = ["mailboxSettings", "aboutMe", "skills"]

struct Refusal: Error {
  let response: Response
}

extension Tenant {
  func refuseProperties(
    _ names: Set<String>, _ call: GraphCall, isCollection: Bool
  ) -> Response? {
    if let name = names.intersection(singleOnlyProperties).min() {
      guard isCollection else { return nil }
      return call.failure(
        501, "NotImplemented", "The property '\(name)' cannot be selected in a collection.")
    }
    guard let name = names.subtracting(defaultProperties).subtracting(furtherProperties).min()
    else { return nil }
    return call.failure(
      400, "BadRequest",
      "Could not find a property named '\(name)' on type 'microsoft.graph.user'.")
  }

  /// The few filters that need no advanced query.
  func filtered(_ people: [Person], _ call: GraphCall) -> Result<[Person], Refusal> {
    switch call.query["$filter"] {
    case nil: return .success(people)
    case "accountEnabled eq true": return .success(people.filter(\.accountEnabled))
    case "userType eq 'Member'": return .success(people.filter { $0.userType == "Member" })
    case "userType eq 'Guest'": return .success(people.filter { $0.userType == "Guest" })
    case let clause? where clause.hasPrefix("mail eq '") && clause.hasSuffix("'"):
      let mail = clause.dropFirst(9).dropLast().replacing("''", with: "'").lowercased()
      return .success(people.filter { $0.mail?.lowercased() == mail })
    default:
      return .failure(
        Refusal(
          response: call.failure(
            400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause.")))
    }
  }

  func write(_ person: Person, _ select: Set<String>?, _ json: inout JSONText) {
    let wanted = select ?? defaultProperties
    let name = person.displayName.split(separator: " ")
    let texts: [(String, String?)] = [
      ("id", person.id), ("userPrincipalName", person.userPrincipalName), ("mail", person.mail),
      ("displayName", person.displayName), ("userType", person.userType),
      ("usageLocation", person.usageLocation), ("department", person.department),
      ("jobTitle", person.jobTitle), ("givenName", name.first.map(String.init)),
      ("surname", name.last.map(String.init)), ("mobilePhone", nil), ("officeLocation", nil),
      ("preferredLanguage", nil), ("companyName", nil), ("employeeId", nil), ("country", nil),
      ("createdDateTime", "2021-05-04T07:00:00Z"),
    ]
    for (name, value) in texts where wanted.contains(name) { json.member(name, value) }
    if wanted.contains("accountEnabled") { json.member("accountEnabled", person.accountEnabled) }
    for name in ["businessPhones", "assignedLicenses", "assignedPlans"] where wanted.contains(name)
    {
      json.list(name, { _ in })
    }
    if wanted.contains("proxyAddresses") {
      json.member("proxyAddresses", person.mail.map { ["SMTP:\($0)"] } ?? [])
    }
  }
}
