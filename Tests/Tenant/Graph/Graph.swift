extension Tenant {
  /// Answers a request to `/v1.0/…`.
  func graph(_ request: Request) -> Response {
    traffic.withLock { $0.calls += 1 }
    let call = GraphCall(
      request, base: request.forwardedBase ?? base, number: nextRequestNumber(),
      seed: settings.seed)
    var response = authorised(call) { grant in answer(call, grant) }
    response.headers += [
      ("request-id", call.requestId), ("client-request-id", call.clientRequestId),
      (
        "x-ms-ags-diagnostic",
        #"{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"003","RoleInstance":"AM2PEPF000"}}"#
      ),
    ]
    return response
  }

  /// Finds what a call names, and lets it in or not.
  func answer(_ call: GraphCall, _ grant: TokenStore.Grant, inBatch batch: Batch? = nil) -> Response
  {
    guard let path = GraphPath(call.request.segments.dropFirst().filter { $0 != "moved" }) else {
      note(.unknownPath)
      return call.failure(
        400, "BadRequest",
        "Resource not found for the segment '\(call.request.segments.last ?? "")'.")
    }
    traffic.withLock { $0.requests[path.name, default: 0] += 1 }
    if let refusal = refusal(call, path, grant) { return refusal }
    if !call.keepsPreferences { note(.changedPrefer) }
    guard let name = path.mailbox else {
      let behaviour = faults.withLock { $0.behaviours["directory"] }
      return leftAlone(call, "directory", path) {
        withMishaps(call, path == .batch ? "$batch" : "directory", inBatch: batch) {
          behaving(behaviour, call, "directory") { directory(call, path, grant) }
        }
      }
    }
    let person = world.withLock { $0.person(name) }
    let key = person?.id ?? name
    let behaviour = faults.withLock { $0.behaviours[key] }
    let answer = {
      self.withMishaps(call, key, inBatch: batch) {
        self.behaving(behaviour, call, key) { self.outlook(call, path, name, behaviour) }
      }
    }
    // Who learns that there is nothing to read doesn't wait for what another answer of the same batch has named.
    return person?.access == .readable ? throttled(call, key, answer) : answer()
  }

  private func refusal(
    _ call: GraphCall, _ path: GraphPath, _ grant: TokenStore.Grant
  ) -> Response? {
    let isPost = path == .batch || path.name == "translateExchangeIds"
    guard call.request.method == (isPost ? "POST" : "GET") else {
      return call.failure(405, "Request_BadRequest", "The method is not allowed here.")
    }
    guard let roles = path.roles, grant.roles.isDisjoint(with: roles) else { return nil }
    if path.mailbox == nil {
      return call.failure(
        403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    }
    return call.failure(
      403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
  }

  private func directory(
    _ call: GraphCall, _ path: GraphPath, _ grant: TokenStore.Grant
  ) -> Response {
    switch path {
    case .users: users(call)
    case .usersDelta: usersDelta(call)
    case .user(let name): user(call, name)
    case .groupMembers(let id, let isCast): members(call, of: id, isCast: isCast)
    case .batch: batch(call, grant)
    default: call.failure(400, "Request_BadRequest", "Not served here.")
    }
  }

  /// A call to a mailbox that exists and may be read.
  private func outlook(
    _ call: GraphCall, _ path: GraphPath, _ name: String, _ behaviour: FaultPlan.Behaviour?
  ) -> Response {
    let found = world.withLock { world in
      world.person(name).map { ($0, world.mailboxes[$0.id]) }
    }
    guard let (person, mailbox) = found else {
      return call.failure(404, "ErrorInvalidUser", "The requested user '\(name)' is invalid.")
    }
    switch (person.access, mailbox) {
    case (.readable, let mailbox?):
      return outlook(
        call, path,
        MailboxCall(call: call, person: person, mailbox: mailbox, behaviour: behaviour))
    case (.denied, _):
      return call.failure(403, "ErrorAccessDenied", "Access to OData is disabled.")
    case (.onPremises, _), (.noMailbox, _), (.readable, nil):
      return call.failure(
        404, "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.")
    }
  }

  private func outlook(
    _ call: GraphCall, _ path: GraphPath, _ mailbox: MailboxCall
  ) -> Response {
    guard zones[call.preferences.zoneName] != nil else {
      return call.failure(
        400, "TimeZoneNotSupportedException",
        "A valid TimeZone value must be specified. The following TimeZone value is not supported: '\(call.preferences.zoneName)'."
      )
    }
    switch path {
    case .mailboxSettings(_, let property): return mailboxSettings(mailbox, property)
    case .masterCategories: return masterCategories(mailbox)
    case .calendars: return calendars(mailbox)
    case .calendar: return defaultCalendar(mailbox)
    case .calendarView(_, let calendar): return calendarView(mailbox, calendar)
    case .calendarViewDelta(_, let calendar): return delta(mailbox, calendar)
    case .event(_, let id): return event(mailbox, id)
    case .instances(_, let id): return instances(mailbox, id)
    case .translateIds: return translateIds(mailbox)
    case .supportedTimeZones: return supportedTimeZones(call)
    default: return call.failure(400, "ErrorInvalidRequest", "Not served here.")
    }
  }
}

/// A call together with the mailbox it is about, as it was when the call came.
struct MailboxCall: Sendable {
  let call: GraphCall
  let person: Person
  let mailbox: Mailbox
  var behaviour: FaultPlan.Behaviour?
}

extension GraphPath {
  /// Any one of these permissions suffices; nil where none is needed.
  var roles: Set<String>? {
    switch self {
    case .batch: nil
    case .users, .user, .usersDelta, .supportedTimeZones: ["User.Read.All", "Directory.Read.All"]
    case .groupMembers: ["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All"]
    case .mailboxSettings, .masterCategories:
      ["MailboxSettings.Read", "MailboxSettings.ReadWrite"]
    case .calendarView, .calendar, .calendars, .event, .instances:
      ["Calendars.Read", "Calendars.ReadBasic.All", "Calendars.ReadWrite"]
    case .calendarViewDelta: ["Calendars.Read", "Calendars.ReadWrite"]
    case .translateIds: ["User.Read.All", "Calendars.Read"]
    }
  }
}
