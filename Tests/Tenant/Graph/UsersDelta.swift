extension Tenant {
  /// `GET /users/delta`: accounts that came, changed or went since a link.
  func usersDelta(_ call: GraphCall) -> Response {
    let refused = ["$top", "$expand", "$orderby", "$search"].first { call.query[$0] != nil }
    if let refused {
      return call.failure(400, "Request_BadRequest", "'\(refused)' is not supported with delta.")
    }
    if let refusal = refuseProperties(call.select ?? [], call, isCollection: true) {
      return refusal
    }
    let (people, changes) = world.withLock { ($0.people, $0.directoryChanges) }
    var since = 0
    if let text = call.query["$deltatoken"], text != "latest" {
      guard let token = SkipToken(text), (0...changes.count).contains(token.place) else {
        return call.failure(400, "Directory_ExpiredPageToken", "syncStateNotFound")
      }
      since = token.place
    }
    let isFull = call.query["$deltatoken"] == nil
    let changed = Set(changes[since...])
    let isEmpty = call.query["$deltatoken"] == "latest"
    let shown = isEmpty ? [] : people.filter { isFull || changed.contains($0.id) }
    let gone = isEmpty || isFull ? [] : changed.subtracting(people.map(\.id)).sorted()
    return call.success { json in
      json.member("@odata.context", "\(base)/v1.0/$metadata#users")
      let token = SkipToken(place: changes.count).text
      json.member("@odata.deltaLink", call.nextLink("$deltatoken", token))
      json.list("value") { list in
        for person in shown {
          list.object { write(person, (call.select ?? []).union(["id"]), &$0) }
        }
        for id in gone {
          list.object { removed in
            removed.member("id", id)
            removed.member("@removed") { $0.member("reason", "changed") }
          }
        }
      }
    }
  }
}
