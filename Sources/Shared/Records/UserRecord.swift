package import NDJSON

/// A person, or a room or shared mailbox; precedes that mailbox's events.
package struct UserRecord: Equatable, Sendable {
  package var id: String
  package var userPrincipalName: String?
  package var mail: String?
  package var displayName: String?
  package var userType: String?
  package var accountEnabled: Bool?
  package var usageLocation: String?
  package var department: String?
  package var jobTitle: String?
  /// The mailbox's zone as Graph spells it: a Windows or an IANA name, or empty.
  package var timeZone: String?
  /// The mailbox's working hours as Graph's own JSON; nil when there are none.
  package var workingHours: [UInt8]?

  package init(id: String) { self.id = id }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    id = try scanner.requiredText("id", line)
    userPrincipalName = try scanner.text("userPrincipalName", line)
    mail = try scanner.text("mail", line)
    displayName = try scanner.text("displayName", line)
    userType = try scanner.text("userType", line)
    accountEnabled = try scanner.flag("accountEnabled", line)
    usageLocation = try scanner.text("usageLocation", line)
    department = try scanner.text("department", line)
    jobTitle = try scanner.text("jobTitle", line)
    timeZone = try scanner.text("timeZone", line)
    if let place = try scanner.object("workingHours") {
      workingHours = Array(copying: line, place.range)
    }
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .user) {
      $0.append(member: "id", id)
      $0.append(member: "userPrincipalName", userPrincipalName)
      $0.append(member: "mail", mail)
      $0.append(member: "displayName", displayName)
      $0.append(member: "userType", userType)
      $0.append(member: "accountEnabled", accountEnabled)
      $0.append(member: "usageLocation", usageLocation)
      $0.append(member: "department", department)
      $0.append(member: "jobTitle", jobTitle)
      $0.append(member: "timeZone", timeZone)
      $0.append(member: "workingHours")
      if let workingHours { $0.append(workingHours) } else { $0.append("null") }
    }
  }
}

extension [UInt8] {
  /// A copy of some bytes of a line.
  package init(copying bytes: RawSpan, _ range: Range<Int>) {
    self = unsafe bytes.extracting(range).withUnsafeBytes { unsafe Array($0) }
  }
}
