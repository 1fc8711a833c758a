import Console
import Records
import Testing

@testable import tt_fetch

@Suite struct TallyTests {
  private let denied = GraphFault(.denied, code: "ErrorAccessDenied", message: "no", status: 403)
  private let absent = GraphFault(
    .noMailbox, code: "MailboxNotEnabledForRESTAPI", message: "no", status: 404)

  private func status(_ tally: Tally) -> Console.ExitStatus? {
    do {
      try tally.end()
      return nil
    } catch {
      return (error as? Failure)?.status
    }
  }

  @Test func `many denials and nothing else to read end a run early`() {
    var tally = Tally()
    for number in 1...600 {
      #expect(!tally.isHopeless() || number > 500)
      tally.add(denied, mail: "a")
      // People without a mailbox say nothing about rights.
      tally.add(absent, mail: "b")
    }
    #expect(tally.isHopeless())
    #expect(status(tally) == .notAllowed)
    #expect(!tally.isHopeless(true))
  }

  @Test(arguments: [
    (GraphFault(.throttled, code: "x", message: ""), Console.ExitStatus.temporary),
    (GraphFault(.data, code: "x", message: ""), .temporary),
    (GraphFault(.config, code: "x", message: ""), .software),
  ])
  func `what a later run may cure is told from what it can't`(
    fault: GraphFault, expected: Console.ExitStatus
  ) {
    var tally = Tally()
    tally.add(denied, mail: "a")
    tally.add(fault, mail: "b")
    #expect(status(tally) == expected)
    #expect(!tally.isHopeless())
  }
}
