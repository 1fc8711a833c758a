import Console
import HTTP
import Identity
import NDJSON

/// Reads a little of one mailbox, to see whether the rights are really there.
struct MailboxProbe {
  let graph: String
  let token: String
  let transport: any Transport
  let user: String?

  private static let candidateLimit = 10

  func run() -> [Finding] {
    do {
      let names = try user.map { [$0] } ?? people()
      guard !names.isEmpty else {
        return [.warn("mailbox", "the tenant lists nobody", "name somebody with --user")]
      }
      return [tryMailboxes(names)]
    } catch {
      return [.fail("mailbox", error)]
    }
  }

  /// The first that can be read will do: guests and service accounts have no mailbox.
  private func tryMailboxes(_ names: [String]) -> Finding {
    var last = Finding.fail("mailbox", "nobody was tried", nil, .unavailable)
    for name in names.prefix(Self.candidateLimit) {
      do {
        let response = try get(
          "\(graph)/v1.0/users/\(percentEncoded(name))/calendarView?startDateTime=2026-01-01T00:00:00Z"
            + "&endDateTime=2026-01-02T00:00:00Z&$top=1")
        if response.isSuccess { return .ok("mailbox", "the calendar of \(name) can be read") }
        last = refusal(name, response)
      } catch {
        last = .fail("mailbox", error)
      }
    }
    return last
  }

  private func refusal(_ name: String, _ response: Response) -> Finding {
    let tree = (try? JSONTree(response.body))?["error"]
    let code = tree?["code"]?.string ?? "status \(response.status)"
    switch response.status {
    case 403:
      return .fail(
        "mailbox", "\(name) may not be read (\(code))",
        "grant Calendars.Read with admin consent; where an application access policy or Exchange"
          + " RBAC limits the app, put \(name) into its scope (changes take up to two hours)",
        .notAllowed)
    case 404:
      return .warn(
        "mailbox", "\(name) has no mailbox here (\(code))",
        "name somebody with a mailbox: --user NAME")
    default:
      return .fail("mailbox", "\(name): \(code)", "run again later", .unavailable)
    }
  }

  /// Pages may be empty and still go on.
  private func people() throws -> [String] {
    var next: String? = "\(graph)/v1.0/users?$select=id,userPrincipalName,userType&$top=50"
    for _ in 0..<Self.candidateLimit {
      guard let url = next, Origin(of: url) == Origin(of: graph) else { break }
      let (names, link) = try page(url)
      if !names.isEmpty { return names }
      next = link
    }
    return []
  }

  private func page(_ url: String) throws -> (names: [String], next: String?) {
    let response = try get(url)
    let tree = try? JSONTree(response.body)
    guard response.isSuccess else {
      let code = tree?["error"]?["code"]?.string ?? "status \(response.status)"
      throw Failure(
        response.status == 403 ? .notAllowed : .unavailable, "people can't be listed (\(code))",
        hint: "grant User.Read.All with admin consent, or name somebody with --user")
    }
    let names = (tree?["value"]?.array ?? []).compactMap { person -> String? in
      guard person["userType"]?.string != "Guest" else { return nil }
      return person["userPrincipalName"]?.string ?? person["id"]?.string
    }
    return (names, tree?["@odata.nextLink"]?.string)
  }

  private func get(_ url: String) throws -> Response {
    do throws(TransportError) {
      return try transport.send(
        Request(
          .get, url,
          headers: [
            "Authorization": "Bearer \(token)", "Accept": "application/json",
            "client-request-id": randomUUID(),
          ]))
    } catch {
      throw Failure(.unavailable, "Graph doesn't answer: \(error)")
    }
  }
}
