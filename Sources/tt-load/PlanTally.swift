import NDJSON
import Records

/// What a load would do, mailbox by mailbox: the `plan` records.
struct PlanTally {
  private struct Mailbox {
    var mail: String?
    var tally = Tally()
  }

  private var mailboxes: [ExactText: Mailbox] = [:]

  mutating func add(_ tally: Tally, _ user: String, _ mail: String?) {
    mailboxes[ExactText(user), default: Mailbox()].tally += tally
    if let mail { mailboxes[ExactText(user)]?.mail = mail }
  }

  func write(to output: inout OutputBuffer) {
    for (user, mailbox) in mailboxes.sorted(by: { $0.key.text < $1.key.text }) {
      output.append(record: .plan) {
        $0.append(member: "user", user.text)
        $0.append(member: "mail", mailbox.mail)
        $0.append(member: "new", mailbox.tally.new)
        $0.append(member: "changed", mailbox.tally.changed)
        $0.append(member: "same", mailbox.tally.same)
        $0.append(member: "deleted", mailbox.tally.deleted)
      }
    }
  }
}
