import NDJSON
import Testing

@testable import tt_tz

@Suite struct MailboxesTests {
  private func mailbox(_ mailboxes: inout Mailboxes, _ id: String) throws -> Mailbox {
    let line = Array("{\"user\":\"\(id)\"}".utf8)
    var scanner = ObjectScanner()
    try scanner.scan(line.span.bytes)
    return mailboxes.mailbox(of: try #require(scanner.value("user")), line.span.bytes)
  }

  @Test func `people are told apart by every character of their id`() throws {
    let ids = [
      "8f0c2a51-5b0e-4b6e-9a55-0d5b1f0a7c11", "8f0c2a51-5b0e-4b6e-9a55-0d5b1f0a7c12",
      "9f0c2a51-5b0e-4b6e-9a55-0d5b1f0a7c11", "8F0C2A51-5B0E-4B6E-9A55-0D5B1F0A7C11",
      "8f0c2a515b0e4b6e9a550d5b1f0a7c11", "8f0c2a51-5b0e-4b6e-9a55-0d5b1f0a7c1g", "ada", "",
    ]
    var mailboxes = Mailboxes()
    for (place, id) in ids.enumerated() { mailboxes[id] = Mailbox(zone: place % 3) }
    for (place, id) in ids.enumerated() {
      #expect(try mailbox(&mailboxes, id) == Mailbox(zone: place % 3))
    }
    #expect(try mailbox(&mailboxes, "somebody else") == .unknown)
  }

  @Test func `a later record of a person replaces the earlier one`() throws {
    var mailboxes = Mailboxes()
    mailboxes["ada"] = Mailbox(zone: 1)
    #expect(try mailbox(&mailboxes, "ada").zone == 1)
    mailboxes["ada"] = Mailbox(zone: 2, territory: Territory("nl"))
    #expect(try mailbox(&mailboxes, "ada") == Mailbox(zone: 2, territory: Territory("NL")))
  }
}
