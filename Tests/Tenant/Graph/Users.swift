extension Tenant {
  /// `GET /users`.
  func users(_ call: GraphCall) -> Response {
    if call.query["$skip"] != nil {
      return call.failure(
        400, "Request_BadRequest", "'$skip' is not supported by the service.")
    }
    let people = world.withLock { $0.people }
    switch filtered(people, call) {
    case .success(let chosen): return page(of: chosen, call, context: "users")
    case .failure(let refusal): return refusal.response
    }
  }

  /// `GET /users/{id}`.
  func user(_ call: GraphCall, _ name: String) -> Response {
    guard let person = world.withLock({ $0.person(name) }) else {
      return call.failure(
        404, "Request_ResourceNotFound",
        "Resource '\(name)' does not exist or one of its queried reference-property objects are not present."
      )
    }
    let select = call.select
    if let refusal = refuseProperties(select ?? [], call, isCollection: false) { return refusal }
    return call.success { json in
      json.member("@odata.context", "\(base)/v1.0/$metadata#users/$entity")
      write(person, select, &json)
    }
  }

  /// `GET /groups/{id}/transitiveMembers/microsoft.graph.user`.
  func members(_ call: GraphCall, of id: String, isCast: Bool) -> Response {
    let isEventual = call.request.header("consistencylevel")?.lowercased() == "eventual"
    if isCast && !(isEventual && call.query["$count"] == "true") {
      if call.query["$skiptoken"] != nil { note(.missingConsistencyLevel) }
      return call.failure(
        400, "Request_UnsupportedQuery",
        "The request uses advanced query capabilities and needs ConsistencyLevel: eventual and $count=true."
      )
    }
    let members = world.withLock { world in
      world.groups.first { $0.id == id.lowercased() }.map { group in
        group.members.compactMap { world.person($0) }
      }
    }
    guard let members else {
      return call.failure(
        404, "Request_ResourceNotFound", "Resource '\(id)' does not exist.")
    }
    return page(of: members, call, context: "users")
  }

  private func page(of people: [Person], _ call: GraphCall, context: String) -> Response {
    let select = call.select
    if let refusal = refuseProperties(select ?? [], call, isCollection: true) { return refusal }
    let size = call.query["$top"].map { Int($0) ?? 0 } ?? 100
    guard (1...999).contains(size) else {
      return call.failure(400, "Request_UnsupportedQuery", "Invalid page size specified.")
    }
    // Nothing promises that the first page holds anything.
    let isFirst = call.query["$skiptoken"] == nil
    let start = call.query["$skiptoken"].map { SkipToken($0)?.place ?? -1 } ?? 0
    guard (0...people.count).contains(start) else {
      return call.failure(400, "Request_BadRequest", "Invalid $skiptoken.")
    }
    let end = isFirst && settings.seed % 3 != 0 ? start : min(start + size, people.count)
    return call.success { json in
      json.member("@odata.context", "\(base)/v1.0/$metadata#\(context)")
      if isFirst && call.query["$count"] == "true" { json.member("@odata.count", people.count) }
      if end < people.count {
        json.member("@odata.nextLink", call.nextLink("$skiptoken", SkipToken(place: end).text))
      }
      json.list(
        "value",
        { list in
          for person in people[start..<end] { list.object { write(person, select, &$0) } }
        })
    }
  }
}

/// Where a list goes on, in a form that nobody is meant to read.
struct SkipToken {
  let place: Int

  init(place: Int) { self.place = place }

  init?(_ text: String) {
    guard text.hasPrefix("m~"), let bytes = base64Decoded(text.dropFirst(2)),
      let place = Int(String(decoding: bytes, as: UTF8.self).dropFirst(6))
    else { return nil }
    self.place = place
  }

  var text: String { "m~" + base64URL(Array("place=\(place)".utf8)) }
}
