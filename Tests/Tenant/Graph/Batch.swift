import NDJSON

extension Tenant {
  /// `POST /$batch`.
  func batch(_ call: GraphCall, _ grant: TokenStore.Grant) -> Response {
    guard let tree = try? JSONTree(call.request.body) else {
      return call.failure(400, "UnableToDeserializePostBody", "Unable to deserialize the body.")
    }
    let items = (tree["requests"]?.array ?? []).compactMap { BatchItem($0) }
    let ids = Set(items.map { $0.id.lowercased() })
    guard (1...20).contains(items.count), items.count == tree["requests"]?.array.count,
      ids.count == items.count
    else {
      return call.failure(
        400, "BadRequest", "A batch needs 1 to 20 requests, each with an id of its own.")
    }
    let isWhole = faults.withLock { $0.fault(seed: settings.seed, request: call.number) } == nil
    var answers: [(id: String, response: Response)] = []
    for item in items {
      let failed = answers.contains { item.dependsOn.contains($0.id) && $0.response.status >= 400 }
      let response =
        failed
        ? call.failure(424, "FailedDependency", "A request it depends on has failed.")
        : answer(
          GraphCall(
            item.request(in: call), base: call.base, number: nextRequestNumber(),
            seed: settings.seed, arrivedAt: call.arrivedAt),
          grant, inBatch: isWhole ? .whole : .garbled)
      answers.append((item.id, response))
    }
    return call.success { json in
      // In any order, as documented.
      json.list(
        "responses",
        { list in
          for (id, response) in answers.reversed() { list.object { write(id, response, &$0) } }
        })
    }
  }

  private func write(_ id: String, _ response: Response, _ json: inout JSONText) {
    json.member("id", id)
    json.member("status", response.status)
    json.member("headers") { headers in
      for header in response.headers { headers.member(header.name, header.value) }
    }
    json.member("body", raw: response.body.isEmpty ? "null" : response.body)
  }
}

/// What an item's answer goes out in.
enum Batch: Sendable {
  case whole
  /// The batch's own answer goes wrong: nobody hears what an item was told.
  case garbled
}

/// One request inside a batch.
private struct BatchItem {
  let id: String
  let method: String
  let url: String
  let headers: [(name: String, value: String)]
  let dependsOn: [String]

  init?(_ tree: JSONTree) {
    guard let id = tree["id"]?.string, let method = tree["method"]?.string,
      let url = tree["url"]?.string
    else { return nil }
    (self.id, self.method, self.url) = (id, method.uppercased(), url)
    dependsOn = (tree["dependsOn"]?.array ?? []).compactMap(\.string)
    guard case .object(let members) = tree["headers"] ?? .object([:]) else { return nil }
    headers = members.compactMap { name, value in value.string.map { (name, $0) } }
  }

  func request(in call: GraphCall) -> Request {
    Request(method, "/v1.0" + (url.hasPrefix("/") ? url : "/" + url), headers: headers)
  }
}
