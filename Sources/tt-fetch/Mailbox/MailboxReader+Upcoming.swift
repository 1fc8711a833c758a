import HTTP
import Records

/// What the mailbox will ask for after the request under way, as far as it is known.
extension MailboxReader {
  /// The next requests in the order of their turn: what a round waits for, then first pages of rounds.
  func upcoming(_ count: Int) -> [Request] {
    var result = stillMissing.prefix(count).map { request(graph.event(person.id, $0)) }
    for plan in plans {
      guard result.count < count else { break }
      guard let start = plan.start(graph, person.id), let link = graph.followable(start) else {
        continue
      }
      result.append(request(link, pageSize: plan.isDelta ? plan.pageSize : nil))
    }
    return result
  }

  private var stillMissing: [String] {
    if case .missing(_, let rest, _) = step { rest } else { [] }
  }
}
