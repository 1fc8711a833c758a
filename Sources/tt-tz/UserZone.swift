import CivilTime
import NDJSON
import Records

/// Finds a person's zone in their `user` record.
struct UserZoneReader {
  private let id: MemberName = "id"
  private let timeZone: MemberName = "timeZone"
  private let usageLocation: MemberName = "usageLocation"
  private let workingHours: MemberName = "workingHours"

  /// The user's id and what the record says of the mailbox: `timeZone`, else the zone of the working hours,
  /// by name or described.
  func read(
    _ line: RawSpan, _ scanner: borrowing ObjectScanner, _ shelf: inout ZoneShelf,
    _ names: inout UnknownNames
  ) throws -> (id: String, mailbox: Mailbox) {
    let user = try scanner.requiredText(id, line)
    var mailbox = Mailbox()
    mailbox.territory = try scanner.text(usageLocation, line).flatMap { Territory($0) }
    let name = try scanner.text(timeZone, line) ?? ""
    try settle(&mailbox, name, &shelf, &names)
    if mailbox.zone == nil, let place = try scanner.object(workingHours) {
      let zone = try JSONTree(line, place)["timeZone"]
      try settle(&mailbox, zone?["name"]?.string ?? "", &shelf, &names)
      if mailbox.zone == nil, let rule = zone.flatMap({ PosixRule(customTimeZone: $0) }) {
        mailbox.zone = shelf.place(rule)
      }
    }
    if mailbox.zone != nil { mailbox.unknownName = nil }
    return (user, mailbox)
  }

  private func settle(
    _ mailbox: inout Mailbox, _ name: String, _ shelf: inout ZoneShelf, _ names: inout UnknownNames
  ) throws {
    switch try shelf.meaning(of: name, in: mailbox.territory) {
    case .zone(let place): mailbox.zone = place
    case .unknown: mailbox.unknownName = mailbox.unknownName ?? names.number(of: name)
    case .custom, .none: break
    }
  }
}
